using System.Numerics.Tensors;
using Recommendation.Modeling.Numerics;
using Recommendation.Modeling.Training;

namespace Recommendation.Modeling.Sequences;

/// <summary>
/// <c>(1-μ) W + μ M</c> as one matrix: scores are linear in the weights, so the scorer, its reasons and its explanations need not
/// know of the two. M is brought to the size of W first, so that μ means the same on all data.
/// </summary>
internal static class WeightMixture
{
    private const int BlockLength = 64;

    /// <param name="weights">W.</param>
    /// <param name="transitions">M; see <see cref="Scaled"/>.</param>
    /// <param name="share">μ.</param>
    /// <param name="neighbours">K: how many entries a row keeps, the largest by magnitude.</param>
    public static ItemWeights Of(ItemWeights weights, ItemWeights transitions, double share, int neighbours)
    {
        var (one, other) = ((1 - share) / weights.Scale, share / transitions.Scale);
        var rows = new RowStore(weights.Items, BlockLength);
        var sums = new Accumulator(weights.Items);
        var selector = new TopSelector();
        var (columns, values) = (new int[neighbours], new float[neighbours]);
        for (var item = 0; item < weights.Items; item++)
        {
            Add(weights, item, one, sums);
            Add(transitions, item, other, sums);
            selector.Reset(neighbours, floor: 0);
            foreach (var column in Columns(weights, transitions, item))
                selector.Offer(Math.Abs(sums[column]), column);
            var count = selector.CopyByIndex(columns, values);
            for (var i = 0; i < count; i++)
                values[i] = sums[columns[i]];
            sums.Clear();
            rows.Add(item / BlockLength, count, columns, values);
        }
        return rows.ToWeights();
    }

    /// <summary>M with the norm of W over the rows that W has.</summary>
    public static ItemWeights Scaled(ItemWeights transitions, ItemWeights weights)
    {
        var (one, other) = (0d, 0d);
        for (var item = 0; item < weights.Items; item++)
        {
            if (weights.ValuesOf(item).IsEmpty)
                continue;
            one += SumOfSquares(weights, item);
            other += SumOfSquares(transitions, item);
        }
        return one > 0 && other > 0 ? transitions with { Scale = (float)(transitions.Scale / Math.Sqrt(one / other)) } : transitions;
    }

    /// <summary>Multiplies columns.</summary>
    public static ItemWeights WithFactors(ItemWeights weights, float[] factors)
    {
        var rows = new RowStore(weights.Items, BlockLength);
        for (var item = 0; item < weights.Items; item++)
        {
            var columns = weights.ColumnsOf(item).ToArray();
            var values = new float[columns.Length];
            TensorPrimitives.ConvertToSingle(weights.ValuesOf(item), values);
            for (var at = 0; at < values.Length; at++)
                values[at] *= factors[columns[at]] / weights.Scale;
            rows.Add(item / BlockLength, values.Length, columns, values);
        }
        return rows.ToWeights();
    }

    private static double SumOfSquares(ItemWeights weights, int item)
    {
        var sum = 0d;
        foreach (var value in weights.ValuesOf(item))
            sum += Math.Pow((double)value / weights.Scale, 2);
        return sum;
    }

    private static void Add(ItemWeights weights, int item, double factor, Accumulator sums)
    {
        var row = new float[weights.ValuesOf(item).Length];
        TensorPrimitives.ConvertToSingle(weights.ValuesOf(item), row);
        sums.Add(weights.ColumnsOf(item), row, (float)factor);
    }

    private static IEnumerable<int> Columns(ItemWeights weights, ItemWeights transitions, int item) =>
        weights.ColumnsOf(item).ToArray().Union(transitions.ColumnsOf(item).ToArray()).Order();
}
