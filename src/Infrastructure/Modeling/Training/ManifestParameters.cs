using Recommendation.Application.Ports;
using Recommendation.Modeling.Artefacts;
using Recommendation.Modeling.Data;
using Recommendation.Modeling.Selection;
using Recommendation.Modeling.Trainers;
using Recommendation.Modeling.Trainers.Content;
using Recommendation.Modeling.Trainers.Ease;
using Recommendation.Modeling.Trainers.GraphFilter;
using Recommendation.Modeling.Trainers.SampledSoftmax;
using Recommendation.Modeling.Trainers.Transitions;

namespace Recommendation.Modeling.Training;

/// <summary>
/// Writes the parameters of a training into a manifest and reads them again, so that a model can be trained anew with
/// the same parameters.
/// </summary>
internal static class ManifestParameters
{
    private const string EaseTrainer = "dense";
    private const string OtherTrainers = "sparse";

    /// <summary>The trainer's name in manifests.</summary>
    public static string TrainerOf(SelectedModel choice) => choice.Ease is null ? OtherTrainers : EaseTrainer;

    /// <summary>All parameters for the manifest.</summary>
    public static SortedDictionary<string, double> Write(TrainedWeights trained, ModelTrainerOptions options) =>
        Write(trained.Choice, trained.RepeatBonus, options);

    /// <summary>All parameters for the manifest.</summary>
    public static SortedDictionary<string, double> Write(
        SelectedModel choice, double repeatBonus, ModelTrainerOptions options)
    {
        var sequence = choice.Sequence;
        var parameters = new SortedDictionary<string, double>(StringComparer.Ordinal)
        {
            [ParameterNames.Neighbours] = options.NeighboursPerItem,
            [ParameterNames.HistoryLimit] = options.HistoryLimit,
            [ParameterNames.WeightCap] = options.WeightCap,
            [ParameterNames.PopularityHalfLifeDays] =
                choice.PopularityHalfLifeDays ?? options.PopularityHalfLife.TotalDays,
            [ParameterNames.PositionDecay] = sequence.Recency.PositionDecay,
            [ParameterNames.HalfLifeDays] = double.IsFinite(sequence.Recency.HalfLifeDays)
                ? sequence.Recency.HalfLifeDays
                : 0,
            [ParameterNames.TransitionShare] = sequence.Share,
            [ParameterNames.TrendExponent] = sequence.Trend.Exponent,
            [ParameterNames.RepeatBonus] = repeatBonus,
        };
        if (sequence.Share > 0)
        {
            parameters.Add(ParameterNames.TransitionSourceExponent, sequence.Exponents.Source);
            parameters.Add(ParameterNames.TransitionTargetExponent, sequence.Exponents.Target);
        }
        if (sequence.Repeats != 0)
            parameters.Add(ParameterNames.Repeats, sequence.Repeats);
        if (sequence.Trend.Exponent > 0)
            parameters.Add(ParameterNames.TrendHalfLifeDays, sequence.Trend.HalfLifeDays);
        if (sequence.Popular.Share > 0)
        {
            parameters.Add(ParameterNames.PopularShare, sequence.Popular.Share);
            parameters.Add(ParameterNames.PopularShareHalfLifeDays, sequence.Popular.HalfLifeDays);
        }
        foreach (var (name, value) in OfTrainer(choice))
            parameters.Add(name, value);
        return parameters;
    }

    /// <summary>Adds how content counts.</summary>
    public static SortedDictionary<string, double> With(
        SortedDictionary<string, double> parameters, ContentParameters content)
    {
        parameters.Add(ParameterNames.ContentSharpness, content.Sharpness);
        parameters.Add(ParameterNames.ContentSelf, content.Self);
        parameters.Add(ParameterNames.ContentScale, content.Scale);
        parameters.Add(ParameterNames.ContentWarmShare, content.WarmShare);
        return parameters;
    }

    /// <summary>The metrics of the search for the manifest. Empty if no data were held out.</summary>
    public static SortedDictionary<string, double> Metrics(SelectedModel choice) => double.IsNaN(choice.Ndcg)
        ? new(StringComparer.Ordinal)
        : new(StringComparer.Ordinal) { [ParameterNames.ValidationNdcg] = choice.Ndcg };

    /// <summary>The options that a model was trained with.</summary>
    /// <param name="options">The values of all other options.</param>
    /// <param name="parameters">The parameters of the model's manifest.</param>
    public static ModelTrainerOptions Options(
        ModelTrainerOptions options,
        IReadOnlyDictionary<string, double> parameters
    )
    {
        var trained = options.Copy();
        trained.NeighboursPerItem = (int)parameters[ParameterNames.Neighbours];
        trained.HistoryLimit = (int)parameters[ParameterNames.HistoryLimit];
        trained.WeightCap = parameters[ParameterNames.WeightCap];
        trained.PopularityHalfLife = TimeSpan.FromDays(parameters[ParameterNames.PopularityHalfLifeDays]);
        return trained;
    }

    /// <summary>The trainer and the parameters of a model.</summary>
    /// <exception cref="RefusedException">A parameter is missing. The message names it.</exception>
    public static SelectedModel Read(ModelDescription model)
    {
        double Get(string name) =>
            model.Parameters.TryGetValue(name, out var value)
                ? value
                : throw new RefusedException(
                    $"Model {model.Version} lacks the parameter '{name}', so nothing can be trained with its "
                        + "parameters. Train a new model."
                );
        double Find(string name) => model.Parameters.GetValueOrDefault(name);
        var sequence = ReadSequence(Get, Find);
        return string.Equals(model.Trainer, EaseTrainer, StringComparison.Ordinal)
            ? new(
                GraphFilterParameters.Default,
                new EaseParameters(
                    Get(ParameterNames.Normalised) != 0,
                    Get(ParameterNames.Ridge),
                    Get(ParameterNames.PopularityExponent)
                ),
                sequence,
                double.NaN
            )
            {
                Factors = new FactorParameters(Find(ParameterNames.FactorShare), Find(ParameterNames.FactorExponent)),
            }
            : new(
                new GraphFilterParameters(
                    Get(ParameterNames.UserExponent),
                    Get(ParameterNames.PopularityExponent),
                    Get(ParameterNames.Flatness),
                    Get(ParameterNames.LowRankShare)
                )
                {
                    Sharpness = Get(ParameterNames.Sharpness),
                    RowNormExponent = Get(ParameterNames.RowNormExponent),
                },
                Ease: null,
                sequence,
                double.NaN
            )
            {
                Factors = new FactorParameters(Get(ParameterNames.FactorShare), Get(ParameterNames.FactorExponent)),
            };
    }

    private static SequenceParameters ReadSequence(Func<string, double> get, Func<string, double> find)
    {
        var days = get(ParameterNames.HalfLifeDays);
        var trend = find(ParameterNames.TrendExponent);
        return new SequenceParameters(
            new Recency(get(ParameterNames.PositionDecay), days > 0 ? days : double.PositiveInfinity),
            get(ParameterNames.TransitionShare),
            new TransitionExponents(
                find(ParameterNames.TransitionSourceExponent),
                find(ParameterNames.TransitionTargetExponent)
            ),
            trend > 0 ? new Trend(trend, get(ParameterNames.TrendHalfLifeDays)) : Trend.None,
            find(ParameterNames.Repeats)
        )
        {
            Popular = find(ParameterNames.PopularShare) is > 0 and var share
                ? new PopularShare(share, get(ParameterNames.PopularShareHalfLifeDays))
                : PopularShare.None,
        };
    }

    private static IEnumerable<(string Name, double Value)> OfTrainer(SelectedModel choice) => choice.Ease is { } ease
        ?
        [
            (ParameterNames.PopularityExponent, ease.TargetExponent),
            (ParameterNames.Ridge, ease.Lambda),
            (ParameterNames.Normalised, ease.Normalised ? 1 : 0),
            .. choice.Factors.IsNone ? [] : OfFactors(choice.Factors),
        ]
        :
        [
            (ParameterNames.PopularityExponent, choice.GraphFilter.Beta),
            (ParameterNames.UserExponent, choice.GraphFilter.UserExponent),
            (ParameterNames.Flatness, choice.GraphFilter.Flatness),
            (ParameterNames.LowRankShare, choice.GraphFilter.LowRankShare),
            (ParameterNames.Sharpness, choice.GraphFilter.Sharpness),
            (ParameterNames.RowNormExponent, choice.GraphFilter.RowNormExponent),
            .. OfFactors(choice.Factors),
        ];

    private static (string Name, double Value)[] OfFactors(FactorParameters factors) =>
        [(ParameterNames.FactorShare, factors.Share), (ParameterNames.FactorExponent, factors.Exponent)];
}
