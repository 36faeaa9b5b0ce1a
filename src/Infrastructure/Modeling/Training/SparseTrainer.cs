using System.Numerics.Tensors;
using Recommendation.Modeling.Numerics;

namespace Recommendation.Modeling.Training;

/// <summary>
/// <c>W_ij = d_i^-β · S_ij · d_j^β</c> with zero diagonal, the K largest of each row. Rows are made a block at a time and cut
/// at once, so the dense product never exists whole.
/// </summary>
internal sealed class SparseTrainer(NormalisedGram gram, double beta, int neighbours, int threads)
{
    private const int BlockLength = 64;

    /// <param name="progress">Told the fraction done.</param>
    /// <param name="cancellationToken">Looked at before every row.</param>
    public ItemWeights Train(Action<double> progress, CancellationToken cancellationToken)
    {
        var sources = Powers(-beta);
        var targets = Powers(beta);
        var rows = new RowStore(gram.Items, BlockLength);
        var done = 0;
        var options = new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellationToken };
        Parallel.For(0, rows.Blocks, options, () => new Worker(gram.Items, neighbours), (block, _, worker) =>
        {
            for (var item = block * BlockLength; item < Math.Min(gram.Items, (block + 1) * BlockLength); item++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                rows.Add(block, Row(item, sources[item], targets, worker), worker.Columns, worker.Values);
            }
            lock (rows)
                progress((double)++done / rows.Blocks); // in order, since a reader of it may draw a bar
            return worker;
        }, _ => { });
        return rows.ToWeights();
    }

    /// <summary>d^±β and the d^-½ of S in one factor per item.</summary>
    private float[] Powers(double exponent)
    {
        var powers = new float[gram.Items];
        for (var item = 0; item < powers.Length; item++)
            powers[item] = gram.Degrees[item] > 0 ? (float)(Math.Pow(gram.Degrees[item], exponent) * gram.InverseRoots[item]) : 0;
        return powers;
    }

    private int Row(int item, float source, float[] targets, Worker worker)
    {
        gram.AddRow(item, worker.Sums);
        worker.Sums.Scale(targets);
        worker.Sums.Set(item, 0);
        worker.Selector.Reset(neighbours, floor: 0);
        worker.Sums.OfferTo(worker.Selector);
        worker.Sums.Clear();
        var count = worker.Selector.CopyByIndex(worker.Columns, worker.Values);
        TensorPrimitives.Multiply(worker.Values.AsSpan(0, count), source, worker.Values.AsSpan(0, count));
        return count;
    }

    private sealed class Worker(int items, int neighbours)
    {
        public Accumulator Sums { get; } = new(items);

        public TopSelector Selector { get; } = new();

        public int[] Columns { get; } = new int[neighbours];

        public float[] Values { get; } = new float[neighbours];
    }
}
