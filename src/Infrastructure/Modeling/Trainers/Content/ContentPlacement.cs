using System.Numerics.Tensors;
using Recommendation.Modeling.Linear;

namespace Recommendation.Modeling.Trainers.Content;

/// <summary>
/// Gives new items a row and a column: those of the items that resemble them, in the shares of the resemblance ĉ. With
/// m the mean row maximum, <c>W_hi = η Σ_j ĉ_ij (W_hj + τ m [h = j])</c> and <c>W_ij = Σ_k ĉ_ik (W_kj + τ m [k =
/// j])</c>.
/// </summary>
/// <param name="parameters">p, τ and η.</param>
/// <param name="neighbours">K: the maximum number of entries in a row. New items add a quarter of it to a row, and
/// their own rows have a quarter of it.</param>
/// <param name="threads">The maximum number of threads. The result does not depend on it.</param>
internal sealed class ContentPlacement(ContentParameters parameters, int neighbours, int threads)
{
    private const int BlockLength = 64;
    private const int MinimumEntries = 20;

    /// <summary>No row of an artefact has more entries.</summary>
    private const int MaximumRow = 5_000;

    private int Entries => EntriesOf(neighbours);

    /// <summary>How many entries new items add to a row at most, and how many their own rows have.</summary>
    public static int EntriesOf(int neighbours) => Math.Min(MaximumRow, Math.Max(MinimumEntries, neighbours / 4));

    /// <param name="weights">W of the known items.</param>
    /// <param name="unit">m.</param>
    /// <param name="known">By item of W, its number among all; ascending.</param>
    /// <param name="all">How many items there are with the new ones.</param>
    /// <param name="newItems">Each new item by its number among all, ascending, and the items of W that resemble
    /// it.</param>
    /// <param name="cancellationToken">Cancels the work.</param>
    /// <returns>W of all items. Entries between known items are as before.</returns>
    public ItemWeights Extend(
        ItemWeights weights,
        double unit,
        int[] known,
        int all,
        (int Number, ContentNeighbours Nearest)[] newItems,
        CancellationToken cancellationToken)
    {
        var self = (float)(parameters.Self * unit);
        var likeness = Likeness(weights.Items, newItems);
        var rows = new RowStore(all, BlockLength);
        var places = Enumerable.Repeat(-1, all).ToArray();
        foreach (var (item, number) in known.Index())
            places[number] = item;
        var resembled = Enumerable.Repeat(-1, all).ToArray();
        foreach (var (at, one) in newItems.Index())
            resembled[one.Number] = at;
        var options = new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellationToken };
        Parallel.For(0, rows.Blocks, options, () => new Space(all, Entries), (block, _, space) =>
        {
            for (var number = block * BlockLength; number < Math.Min(all, (block + 1) * BlockLength); number++)
            {
                if (places[number] is >= 0 and var item)
                {
                    SumNew(item, space);
                    var (columns, values) = space.Join(
                        Array.ConvertAll(weights.ColumnsOf(item).ToArray(), column => known[column]),
                        Values(weights, item),
                        Math.Min(Entries, MaximumRow - weights.ColumnsOf(item).Length));
                    rows.Add(block, columns.Length, columns, values);
                }
                else
                {
                    if (resembled[number] is >= 0 and var at)
                        SumRow(newItems[at], space);
                    var (columns, values) = space.Join([], [], Entries);
                    rows.Add(block, columns.Length, columns, values);
                }
            }
            return space;
        }, _ => { });
        return rows.ToWeights();

        // The new columns of a known row.
        void SumNew(int item, Space space)
        {
            var columns = weights.ColumnsOf(item);
            var values = weights.ValuesOf(item);
            var scale = (float)parameters.Scale / weights.Scale;
            for (var at = 0; at < columns.Length; at++)
                AddNew(columns[at], (float)values[at] * scale, space);
            AddNew(item, (float)parameters.Scale * self, space);
        }

        void AddNew(int item, float factor, Space space)
        {
            for (var at = likeness.Offsets[item]; at < likeness.Offsets[item + 1]; at++)
                space.Sums.Add(newItems[likeness.Indices[at]].Number, likeness.Values[at] * factor);
        }

        void SumRow((int Number, ContentNeighbours Nearest) one, Space space)
        {
            var shares = one.Nearest.Shares(parameters.Sharpness);
            for (var at = 0; at < shares.Length; at++)
            {
                var item = one.Nearest.Items[at];
                var columns = weights.ColumnsOf(item);
                var values = Values(weights, item);
                for (var entry = 0; entry < columns.Length; entry++)
                {
                    space.Sums.Add(known[columns[entry]], values[entry] * shares[at]);
                    AddNew(columns[entry], values[entry] * shares[at] * (float)parameters.Scale, space);
                }
                space.Sums.Add(known[item], self * shares[at]);
                AddNew(item, self * shares[at] * (float)parameters.Scale, space);
            }
            space.Sums.Set(one.Number, 0);
        }
    }

    /// <summary>By known item, the new items that resemble it and their shares ĉ.</summary>
    private SparseMatrix Likeness(int items, (int Number, ContentNeighbours Nearest)[] newItems)
    {
        var offsets = new int[newItems.Length + 1];
        foreach (var (at, one) in newItems.Index())
            offsets[at + 1] = offsets[at] + one.Nearest.Items.Length;
        return new SparseMatrix(
            items,
            offsets,
            [.. newItems.SelectMany(one => one.Nearest.Items)],
            [.. newItems.SelectMany(one => one.Nearest.Shares(parameters.Sharpness))]).Transpose();
    }

    private static float[] Values(ItemWeights weights, int item)
    {
        var values = new float[weights.ValuesOf(item).Length];
        TensorPrimitives.ConvertToSingle(weights.ValuesOf(item), values);
        TensorPrimitives.Divide(values, weights.Scale, values);
        return values;
    }

    /// <summary>The working memory of one thread.</summary>
    private sealed class Space(int items, int entries)
    {
        private readonly TopK _selector = new();
        private readonly int[] _columns = new int[entries];
        private readonly float[] _values = new float[entries];

        public Accumulator Sums { get; } = new(items);

        /// <summary>Joins entries with the largest sums at other columns, and clears the sums.</summary>
        public (int[] Columns, float[] Values) Join(int[] columns, float[] values, int most)
        {
            if (most < 1)
            {
                Sums.Clear();
                return (columns, values);
            }
            _selector.Reset(most, floor: 0);
            Sums.OfferTo(_selector);
            Sums.Clear();
            var count = _selector.CopyByIndex(_columns, _values);
            var (joined, all) = (new int[columns.Length + count], new float[columns.Length + count]);
            for (var (at, one, other) = (0, 0, 0); at < joined.Length; at++)
            {
                var takesOld = other == count || (one < columns.Length && columns[one] < _columns[other]);
                (joined[at], all[at]) = takesOld ? (columns[one], values[one]) : (_columns[other], _values[other]);
                (one, other) = takesOld ? (one + 1, other) : (one, other + 1);
            }
            return (joined, all);
        }
    }
}
