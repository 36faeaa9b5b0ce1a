using Recommendation.Modeling.Data;
using Recommendation.Modeling.Linear;
using Recommendation.Modeling.Trainers.Cooccurrence;
using Recommendation.Modeling.Trainers.GraphFilter;
using Recommendation.Modeling.Trainers.SampledSoftmax;

namespace Recommendation.Modeling.Tests.Trainers.SampledSoftmax;

/// <summary>Users of two tastes, and factors that have learned from them.</summary>
internal static class FactorSome
{
    public const int Width = 64;

    public static readonly UserItemMatrix Data = UserItemMatrix.From(
        Some.Events(Some.TwoTastes(users: 300, items: 60, perUser: 10)),
        500,
        5,
        double.PositiveInfinity,
        CancellationToken.None
    );

    public static readonly FactorOptions Options = new() { Members = 2, Epochs = 15, Negatives = 50 };

    private static readonly LowRank s_start = LowRank.Of(
        new ItemGraph(Data.Matrix),
        8,
        1,
        CancellationToken.None
    )!;

    public static FactorEnsemble NewEnsemble() => new(s_start, Options);

    public static ItemFactors Train(int threads) =>
        NewEnsemble().Train(Data.Matrix, threads, _ => { }, CancellationToken.None);

    /// <summary>W without a limit on neighbours.</summary>
    public static ItemWeights Weights() =>
        new CooccurrenceTrainer(0.3).Train(Data, Some.Run(500));

    public static double Product(ItemFactors factors, int source, int target) =>
        Enumerable
            .Range(0, factors.Sources.Length)
            .Sum(plane =>
                Enumerable
                    .Range(0, Width)
                    .Sum(at =>
                        (double)factors.Sources[plane][(source * Width) + at]
                        * factors.Targets[plane][(target * Width) + at]
                    )
            );

    public static double Value(ItemWeights weights, int item, int other) =>
        weights.ColumnsOf(item).IndexOf(other) is >= 0 and var at
            ? (double)weights.ValuesOf(item)[at] / weights.Scale
            : 0;
}
