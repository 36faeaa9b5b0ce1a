using Recommendation.Modeling.Data;
using Recommendation.Modeling.Linear;
using Recommendation.Modeling.Metrics;
using Recommendation.Modeling.Trainers;
using Recommendation.Modeling.Trainers.Transitions;

namespace Recommendation.Modeling.Selection;

/// <summary>
/// Selects δ, H, μ, ρ and the trend for finished weights by NDCG@20 on a validation split: first repeats, then trends,
/// then transitions with a few recencies, then all recencies, then trends and repeats again. Finally it drops each of
/// them that does not score higher than the rest without it by two standard errors of the difference (by one for trend
/// and repeats, of which few are tried), because the best of many trials scores high by chance.
/// </summary>
internal sealed class SequenceSearch
{
    private const int MaxUsers = 2_000;

    private readonly ValidationSplit _split;
    private readonly ItemWeights _weights;
    private readonly ModelTrainerOptions _options;
    private readonly HeldOutNdcg _heldOut;
    private readonly double _unit;
    private readonly CancellationToken _cancellationToken;
    private readonly TransitionCounts _counts;
    private ItemWeights? _transitions;
    private Trial _best;

    /// <param name="split">The data to validate on.</param>
    /// <param name="weights">W, trained on what remains; at least the rows of the items that
    /// the split's users have.</param>
    /// <param name="options">K, threads, and whether order may count.</param>
    /// <param name="cancellationToken">Cancels the search.</param>
    public SequenceSearch(
        ValidationSplit split,
        ItemWeights weights,
        ModelTrainerOptions options,
        CancellationToken cancellationToken
    )
    {
        (_split, _weights, _options, _cancellationToken) = (split, weights, options, cancellationToken);
        _heldOut = new HeldOutNdcg(split, options.Threads);
        _unit = weights.MeanRowMaximum();
        _counts = new TransitionCounts(split.Remaining);
        _best = new(SequenceParameters.None, double.MinValue, []);
    }

    /// <returns>The best parameters and their NDCG@20.</returns>
    public (SequenceParameters Parameters, double Ndcg) Run(Action<double> progress)
    {
        Try(null, SequenceParameters.None, [0], [0]);
        if (_split.AllowRepeats)
        {
            var recencies = _split.HasTimes && _options.Order ? int.MaxValue : 1;
            foreach (var recency in SequenceParameters.FewRecencies.Take(recencies))
                Try(null, SequenceParameters.None with { Recency = recency }, [0], SequenceParameters.AllRepeats);
        }
        if (_split.HasTimes && _options.Order)
            Order(progress);
        var none = SequenceParameters.None;
        Drop(best => best with { Share = 0, Exponents = none.Exponents }, errors: 2);
        Drop(best => best with { Recency = none.Recency }, errors: 2);
        Drop(best => best with { Popular = none.Popular }, errors: 1);
        Drop(best => best with { Trend = none.Trend }, errors: 1);
        Drop(best => best with { Repeats = none.Repeats }, errors: 1);
        return (_best.Parameters, _best.Ndcg);
    }

    private void Order(Action<double> progress)
    {
        foreach (var trend in SequenceParameters.AllTrends)
            Try(null, _best.Parameters with { Trend = trend }, [0], [_best.Parameters.Repeats]);
        foreach (var (place, exponents) in SequenceParameters.AllExponents.Index())
        {
            _transitions = Transitions(exponents);
            foreach (var recency in SequenceParameters.FewRecencies)
                Try(
                    _transitions,
                    _best.Parameters with
                    {
                        Recency = recency,
                        Exponents = exponents,
                    },
                    SequenceParameters.AllShares,
                    [_best.Parameters.Repeats]
                );
            progress((place + 1d) / (SequenceParameters.AllExponents.Length + 1));
        }
        _transitions = Transitions(_best.Parameters.Exponents);
        foreach (var recency in SequenceParameters.AllRecencies)
            Try(
                _transitions,
                _best.Parameters with
                {
                    Recency = recency,
                },
                Near(_best.Parameters.Share),
                [_best.Parameters.Repeats]
            );
        foreach (var trend in SequenceParameters.AllTrends.Append(Trend.None))
            Try(
                _transitions,
                _best.Parameters with
                {
                    Trend = trend,
                },
                [_best.Parameters.Share],
                [_best.Parameters.Repeats]
            );
        foreach (var popular in SequenceParameters.AllPopularShares)
            TryPopular(_best.Parameters with { Popular = popular });
        foreach (var popular in SequenceParameters.AllPopularShares)
            TryPopular(_best.Parameters with { Popular = popular, Trend = Trend.None });
        if (_split.AllowRepeats)
            Try(_transitions, _best.Parameters, Near(_best.Parameters.Share), SequenceParameters.AllRepeats);
    }

    private void TryPopular(SequenceParameters parameters) =>
        Try(_transitions, parameters, [parameters.Share], [parameters.Repeats]);

    private ItemWeights Transitions(TransitionExponents exponents) => WeightMixture.Scaled(
        _counts.Weights(exponents, _options.NeighboursPerItem, _options.Threads, _cancellationToken), _weights);

    /// <summary>Tries every μ with every ρ, and keeps the best so far.</summary>
    private void Try(ItemWeights? transitions, SequenceParameters parameters, double[] shares, double[] repeats)
    {
        foreach (var trial in Read(transitions, parameters, shares, repeats))
            _best = trial.Ndcg > _best.Ndcg ? trial : _best;
    }

    private IEnumerable<Trial> Read(
        ItemWeights? transitions,
        SequenceParameters parameters,
        double[] shares,
        double[] repeats
    )
    {
        Mixture[] mixtures = [.. from share in shares from repeat in repeats select new Mixture(share, repeat * _unit)];
        var trend = parameters.Trend.Factors(_split.Remaining.Events);
        var addends = parameters.Popular.Addends(_split.Remaining.Events, _unit);
        var byUser = _heldOut.ByUser(
            MaxUsers,
            _weights,
            transitions,
            parameters.Recency,
            trend,
            addends,
            mixtures,
            _cancellationToken
        );
        return mixtures.Select(
            (_, at) =>
                new Trial(
                    parameters with
                    {
                        Share = shares[at / repeats.Length],
                        Repeats = repeats[at % repeats.Length],
                    },
                    byUser.Average(one => one[at]),
                    [.. byUser.Select(one => one[at])]
                )
        );
    }

    private void Drop(Func<SequenceParameters, SequenceParameters> without, int errors)
    {
        var parameters = without(_best.Parameters);
        if (parameters == _best.Parameters)
            return;
        var simpler = Read(
                parameters.Share > 0 ? _transitions : null,
                parameters,
                [parameters.Share],
                [parameters.Repeats]
            )
            .Single();
        if (!new PairedTest(_best.ByUser, simpler.ByUser).Exceeds(errors))
            _best = simpler;
    }

    private static double[] Near(double share)
    {
        var shares = SequenceParameters.AllShares;
        var place = Array.IndexOf(shares, share);
        return shares[Math.Max(0, place - 1)..Math.Min(shares.Length, place + 2)];
    }

    private sealed record Trial(SequenceParameters Parameters, double Ndcg, double[] ByUser);
}
