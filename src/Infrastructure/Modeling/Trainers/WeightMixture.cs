using System.Numerics.Tensors;
using Recommendation.Modeling.Linear;

namespace Recommendation.Modeling.Trainers;

/// <summary>
/// <c>(1-μ) W + μ M</c> as one matrix. Scores are linear in the weights, so the scorer, its reasons and its
/// explanations need only one matrix. M is scaled to the norm of W first, so that μ means the same on all data.
/// </summary>
internal static class WeightMixture
{
    private const int BlockLength = 64;

    /// <param name="weights">W.</param>
    /// <param name="transitions">M; see <see cref="Scaled"/>.</param>
    /// <param name="share">μ.</param>
    /// <param name="neighbours">K: the maximum number of entries in a row, the largest by magnitude.</param>
    public static ItemWeights Of(ItemWeights weights, ItemWeights transitions, double share, int neighbours)
    {
        var (one, other) = ((1 - share) / weights.Scale, share / transitions.Scale);
        return Rows(weights.Items, neighbours, (item, sums) =>
        {
            Add(weights, item, one, sums);
            Add(transitions, item, other, sums);
            return Columns(weights.ColumnsOf(item), transitions.ColumnsOf(item));
        });
    }

    /// <summary>Adds to columns of every row; rows that are empty stay so.</summary>
    /// <param name="weights">W.</param>
    /// <param name="addends">By column; 0 or more.</param>
    /// <param name="neighbours">K: the maximum number of entries in a row, the largest by magnitude.</param>
    public static ItemWeights WithAddends(ItemWeights weights, float[] addends, int neighbours)
    {
        // more can't be among the K largest, one of them may be the row's own item
        int[] greatest = [.. Enumerable.Range(0, addends.Length).Where(item => addends[item] > 0)
            .OrderByDescending(item => addends[item]).ThenBy(item => item).Take(neighbours + 1).Order()];
        return Rows(weights.Items, neighbours, (item, sums) =>
        {
            if (weights.ValuesOf(item).IsEmpty)
                return [];
            Add(weights, item, 1 / weights.Scale, sums);
            int[] columns = [.. Columns(weights.ColumnsOf(item), greatest).Where(column => column != item)];
            foreach (var column in columns)
                sums.Add(column, addends[column]);
            return columns;
        });
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
        return one > 0 && other > 0
            ? transitions with
            {
                Scale = (float)(transitions.Scale / Math.Sqrt(one / other)),
            }
            : transitions;
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

    /// <summary>
    /// Adds to columns of every row, and keeps the greatest of each row; rows that are empty stay so.
    /// </summary>
    /// <param name="weights">W.</param>
    /// <param name="addends">By column.</param>
    /// <param name="neighbours">K: the maximum number of entries in a row.</param>
    /// <param name="threads">The maximum number of threads. The result does not depend on it.</param>
    /// <param name="cancellationToken">Checked before each row.</param>
    public static ItemWeights WithAddends(
        ItemWeights weights,
        float[] addends,
        int neighbours,
        int threads,
        CancellationToken cancellationToken
    )
    {
        int[] popular = [.. Enumerable.Range(0, addends.Length).Where(item => addends[item] > 0)
            .OrderByDescending(item => addends[item]).ThenBy(item => item).Take(neighbours + 1).Order()];
        var values = Array.ConvertAll(popular, item => addends[item]);
        return RowTopK.Make(weights.Items, neighbours, threads, (item, sums) =>
        {
            if (weights.ValuesOf(item).IsEmpty)
                return 1;
            Add(weights, item, 1 / weights.Scale, sums);
            foreach (var column in weights.ColumnsOf(item))
                sums.Set(column, sums[column] + addends[column]);
            foreach (var (at, column) in popular.Index())
            {
                if (weights.ColumnsOf(item).BinarySearch(column) < 0)
                    sums.Set(column, values[at]);
            }
            sums.Set(item, 0);
            return 1;
        }, _ => { }, cancellationToken);
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

    private static int[] Columns(ReadOnlySpan<int> one, ReadOnlySpan<int> other) =>
        [.. one.ToArray().Union(other.ToArray()).Order()];

    /// <summary>Keeps the largest of rows by magnitude.</summary>
    /// <param name="items">How many rows there are.</param>
    /// <param name="neighbours">K: the maximum number of entries in a row.</param>
    /// <param name="sum">Sums up a row, and returns its columns, ascending.</param>
    private static ItemWeights Rows(int items, int neighbours, Func<int, Accumulator, int[]> sum)
    {
        var rows = new RowStore(items, BlockLength);
        var sums = new Accumulator(items);
        var selector = new TopK();
        var (columns, values) = (new int[neighbours], new float[neighbours]);
        for (var item = 0; item < items; item++)
        {
            selector.Reset(neighbours, floor: 0);
            foreach (var column in sum(item, sums))
                selector.Offer(Math.Abs(sums[column]), column);
            var count = selector.CopyByIndex(columns, values);
            for (var i = 0; i < count; i++)
                values[i] = sums[columns[i]];
            sums.Clear();
            rows.Add(item / BlockLength, count, columns, values);
        }
        return rows.ToWeights();
    }
}
