using Recommendation.Modeling.Search;
using Recommendation.Modeling.Training;

namespace Recommendation.Modeling.Sequences;

/// <summary>
/// Chooses δ, H, μ, ρ and the trend for finished weights, by NDCG@20 on a validation split: first what repeats are
/// worth, then trends, then transitions with a few recencies, then every recency, then trends and repeats again. At
/// last each of them has to read better than the rest without it by two standard errors of the difference (trend and
/// repeats, of which few are tried, by one), or it is dropped: the best of many trials reads well by chance.
/// </summary>
internal sealed class OrderSearch
{
    private const int MostUsers = 2_000;

    private readonly ValidationSplit _split;
    private readonly ItemWeights _weights;
    private readonly ModelTrainerOptions _options;
    private readonly HeldOutNdcg _heldOut;
    private readonly double _unit;
    private readonly CancellationToken _cancellationToken;
    private readonly TransitionTrainer _trainer;
    private ItemWeights? _transitions;
    private Trial _best;

    /// <param name="split">What to try on.</param>
    /// <param name="weights">W, trained on what remains; at least the rows of the items that the split's users
    /// have.</param>
    /// <param name="options">K, threads, and whether order may count.</param>
    /// <param name="cancellationToken">Stops the search.</param>
    public OrderSearch(
        ValidationSplit split,
        ItemWeights weights,
        ModelTrainerOptions options,
        CancellationToken cancellationToken
    )
    {
        (_split, _weights, _options, _cancellationToken) = (split, weights, options, cancellationToken);
        _heldOut = new HeldOutNdcg(split, options.Threads);
        _unit = weights.TypicalGreatest();
        _trainer = new TransitionTrainer(split.Remaining);
        _best = new(OrderParameters.None, double.MinValue, []);
    }

    /// <returns>The best parameters and their NDCG@20.</returns>
    public (OrderParameters Parameters, double Ndcg) Run(Action<double> progress)
    {
        Try(null, OrderParameters.None, [0], [0]);
        if (_split.AllowRepeats)
        {
            foreach (
                var recency in OrderParameters.FewRecencies.Take(_split.HasTimes && _options.Order ? int.MaxValue : 1)
            )
                Try(null, OrderParameters.None with { Recency = recency }, [0], OrderParameters.AllRepeats);
        }
        if (_split.HasTimes && _options.Order)
            Order(progress);
        var none = OrderParameters.None;
        Drop(best => best with { Share = 0, Exponents = none.Exponents }, errors: 2);
        Drop(best => best with { Recency = none.Recency }, errors: 2);
        Drop(best => best with { Popular = none.Popular }, errors: 1);
        Drop(best => best with { Trend = none.Trend }, errors: 1);
        Drop(best => best with { Repeats = none.Repeats }, errors: 1);
        return (_best.Parameters, _best.Ndcg);
    }

    private void Order(Action<double> progress)
    {
        foreach (var trend in OrderParameters.AllTrends)
            Try(null, _best.Parameters with { Trend = trend }, [0], [_best.Parameters.Repeats]);
        foreach (var (place, exponents) in OrderParameters.AllExponents.Index())
        {
            _transitions = Transitions(exponents);
            foreach (var recency in OrderParameters.FewRecencies)
                Try(
                    _transitions,
                    _best.Parameters with
                    {
                        Recency = recency,
                        Exponents = exponents,
                    },
                    OrderParameters.AllShares,
                    [_best.Parameters.Repeats]
                );
            progress((place + 1d) / (OrderParameters.AllExponents.Length + 1));
        }
        _transitions = Transitions(_best.Parameters.Exponents);
        foreach (var recency in OrderParameters.AllRecencies)
            Try(
                _transitions,
                _best.Parameters with
                {
                    Recency = recency,
                },
                Near(_best.Parameters.Share),
                [_best.Parameters.Repeats]
            );
        foreach (var trend in OrderParameters.AllTrends.Append(Trend.None))
            Try(
                _transitions,
                _best.Parameters with
                {
                    Trend = trend,
                },
                [_best.Parameters.Share],
                [_best.Parameters.Repeats]
            );
        foreach (var popular in OrderParameters.AllPopularShares)
            TryPopular(_best.Parameters with { Popular = popular });
        foreach (var popular in OrderParameters.AllPopularShares)
            TryPopular(_best.Parameters with { Popular = popular, Trend = Trend.None });
        if (_split.AllowRepeats)
            Try(_transitions, _best.Parameters, Near(_best.Parameters.Share), OrderParameters.AllRepeats);
    }

    private void TryPopular(OrderParameters parameters) =>
        Try(_transitions, parameters, [parameters.Share], [parameters.Repeats]);

    private ItemWeights Transitions(TransitionExponents exponents) => WeightMixture.Scaled(
        _trainer.Train(exponents, _options.NeighboursPerItem, _options.Threads, _cancellationToken), _weights);

    /// <summary>Tries every μ with every ρ, and keeps the best so far.</summary>
    private void Try(ItemWeights? transitions, OrderParameters parameters, double[] shares, double[] repeats)
    {
        foreach (var trial in Read(transitions, parameters, shares, repeats))
            _best = trial.Ndcg > _best.Ndcg ? trial : _best;
    }

    private IEnumerable<Trial> Read(
        ItemWeights? transitions,
        OrderParameters parameters,
        double[] shares,
        double[] repeats
    )
    {
        Mixture[] mixtures = [.. from share in shares from repeat in repeats select new Mixture(share, repeat * _unit)];
        var trend = parameters.Trend.Factors(_split.Remaining.Events);
        var addends = parameters.Popular.Addends(_split.Remaining.Events, _unit);
        var byUser = _heldOut.ByUser(
            MostUsers,
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

    private void Drop(Func<OrderParameters, OrderParameters> without, int errors)
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
        if (!new PairedGain(_best.ByUser, simpler.ByUser).Exceeds(errors))
            _best = simpler;
    }

    private static double[] Near(double share)
    {
        var place = Array.IndexOf(OrderParameters.AllShares, share);
        return OrderParameters.AllShares[Math.Max(0, place - 1)..Math.Min(OrderParameters.AllShares.Length, place + 2)];
    }

    private sealed record Trial(OrderParameters Parameters, double Ndcg, double[] ByUser);
}
