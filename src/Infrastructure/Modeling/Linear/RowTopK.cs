using System.Numerics.Tensors;

namespace Recommendation.Modeling.Linear;

/// <summary>
/// Computes rows on several threads, block by block, and keeps the largest positive values of each row. The complete
/// matrix is never in memory.
/// </summary>
internal static class RowTopK
{
    private const int BlockLength = 64;

    /// <param name="items">How many rows and columns there are.</param>
    /// <param name="neighbours">How many values a row keeps.</param>
    /// <param name="threads">The maximum number of threads. The result does not depend on it.</param>
    /// <param name="sum">Sums up a row, and answers what its kept values are multiplied with.</param>
    /// <param name="progress">Receives the completed fraction, which never decreases.</param>
    /// <param name="cancellationToken">Checked before each row.</param>
    public static ItemWeights Make(
        int items,
        int neighbours,
        int threads,
        Func<int, Accumulator, float> sum,
        Action<double> progress,
        CancellationToken cancellationToken
    )
    {
        var rows = new RowStore(items, BlockLength);
        var done = 0;
        var options = new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellationToken };
        Parallel.For(0, rows.Blocks, options, () => new Worker(items, neighbours), (block, _, worker) =>
        {
            for (var item = block * BlockLength; item < Math.Min(items, (block + 1) * BlockLength); item++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                rows.Add(block, worker.Cut(sum(item, worker.Sums)), worker.Columns, worker.Values);
            }
            lock (rows)
                progress((double)++done / rows.Blocks);
            return worker;
        }, _ => { });
        return rows.ToWeights();
    }

    private sealed class Worker(int items, int neighbours)
    {
        private readonly TopK _selector = new();

        public Accumulator Sums { get; } = new(items);

        public int[] Columns { get; } = new int[neighbours];

        public float[] Values { get; } = new float[neighbours];

        public int Cut(float factor)
        {
            _selector.Reset(neighbours, floor: 0);
            Sums.OfferTo(_selector);
            Sums.Clear();
            var count = _selector.CopyByIndex(Columns, Values);
            TensorPrimitives.Multiply(Values.AsSpan(0, count), factor, Values.AsSpan(0, count));
            return count;
        }
    }
}
