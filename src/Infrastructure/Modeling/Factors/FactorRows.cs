using System.Numerics.Tensors;
using Recommendation.Modeling.Numerics;
using Recommendation.Modeling.Training;

namespace Recommendation.Modeling.Factors;

/// <summary>
/// <c>W + s · c · P Tᵀ</c>, the K largest of each row: factors and counted weights as one matrix, so that scores, their reasons and their
/// explanations need not know of the two. c brings the factors' rows to the size of W's, so that s means the same on all data.
/// </summary>
internal sealed class FactorRows
{
    private const int Width = BlockProduct.Width;

    /// <summary>The places by which the sizes of rows are compared: what a list shows.</summary>
    private const int Compared = 20;

    private readonly ItemFactors _factors;
    private readonly int _items;
    private readonly int _neighbours;
    private readonly int _threads;

    /// <param name="factors">P and T.</param>
    /// <param name="neighbours">K.</param>
    /// <param name="threads">How many threads to use; the result does not depend on it.</param>
    public FactorRows(ItemFactors factors, int neighbours, int threads) =>
        (_factors, _items, _neighbours, _threads) = (factors, factors.Targets[0].Length / Width, neighbours, threads);

    /// <param name="weights">W; rows that are empty stay so.</param>
    /// <param name="shares">s.</param>
    /// <param name="progress">Told the fraction done.</param>
    /// <param name="cancellationToken">Looked at before each block of rows.</param>
    /// <returns>By share.</returns>
    public ItemWeights[] Add(ItemWeights weights, double[] shares, Action<double> progress, CancellationToken cancellationToken)
    {
        int[] items = [.. Enumerable.Range(0, weights.Items).Where(item => !weights.ValuesOf(item).IsEmpty)];
        var size = Sizes(weights, items, cancellationToken);
        var rows = Array.ConvertAll(shares, _ => new RowStore(items.Length, Width));
        var done = 0;
        Parallel.For(0, rows[0].Blocks, Options(cancellationToken), () => new Worker(this), (block, _, worker) =>
        {
            worker.Make(items.AsSpan(block * Width, Math.Min(Width, items.Length - (block * Width))));
            for (var share = 0; share < shares.Length; share++)
                worker.Add(weights, (float)(shares[share] * size), block, rows[share]);
            lock (rows)
                progress((double)++done / rows[0].Blocks);
            return worker;
        }, _ => { });
        return Array.ConvertAll(rows, one => one.ToWeights().Among(items, weights.Items));
    }

    /// <summary>c: how the 20th value of W's rows compares with the 20th of the factors' rows, over some of the rows.</summary>
    private double Sizes(ItemWeights weights, int[] items, CancellationToken cancellationToken)
    {
        int[] some = [.. items.Chunk(Math.Max(1, items.Length / (4 * Width))).Select(chunk => chunk[0]).Take(4 * Width)];
        var (one, other) = (new double[some.Length], new double[some.Length]);
        Parallel.For(0, (some.Length + Width - 1) / Width, Options(cancellationToken), () => new Worker(this), (block, _, worker) =>
        {
            var start = block * Width;
            var part = some.AsSpan(start, Math.Min(Width, some.Length - start));
            worker.Make(part);
            for (var row = 0; row < part.Length; row++)
                (one[start + row], other[start + row]) = (Worker.Ranked(weights, part[row], Compared), worker.Ranked(row, Compared));
            return worker;
        }, _ => { });
        return other.Sum() > 0 ? one.Sum() / other.Sum() : 0;
    }

    private ParallelOptions Options(CancellationToken cancellationToken) => new() { MaxDegreeOfParallelism = _threads, CancellationToken = cancellationToken };

    /// <summary>The working memory of one thread.</summary>
    private sealed class Worker(FactorRows rows)
    {
        private readonly int _items = rows._items;
        private readonly float[] _sources = new float[Width * Width];
        private readonly float[] _byNumber = new float[Width * Width];
        private readonly float[] _block = new float[rows._items * Width];
        private readonly float[] _values = new float[rows._items * Width];
        private readonly float[] _sum = new float[rows._items];
        private readonly TopSelector _selector = new();
        private readonly int[] _columns = new int[rows._neighbours];
        private readonly float[] _kept = new float[rows._neighbours];
        private int[] _own = [];

        /// <summary>The factors' rows of up to 64 items.</summary>
        public void Make(ReadOnlySpan<int> items)
        {
            _own = items.ToArray();
            for (var plane = 0; plane < rows._factors.Sources.Length; plane++)
            {
                Array.Clear(_sources);
                for (var row = 0; row < items.Length; row++)
                    rows._factors.Sources[plane].AsSpan(items[row] * Width, Width).CopyTo(_sources.AsSpan(row * Width));
                BlockRows.Transpose(_sources, _byNumber);
                BlockProduct.AddProduct(rows._factors.Targets[plane], Width, _byNumber, new(_block, Width, 0), 0.._items, keep: plane == 0 ? 0 : 1, factor: 1);
            }
            BlockRows.Transpose(_block, _values);
            for (var row = 0; row < items.Length; row++)
                _values[(row * _items) + items[row]] = 0;
        }

        /// <summary>The value of a rank in a row of the factors.</summary>
        public double Ranked(int row, int rank)
        {
            _selector.Reset(rank, floor: 0);
            Selection.Offer(_values.AsSpan(row * _items, _items), _selector);
            var best = _selector.Best();
            return best.Length == 0 ? 0 : _values[(row * _items) + TopSelector.IndexOf(best[^1])];
        }

        /// <summary>The value of a rank in a row of W, or the least where there are fewer.</summary>
        public static double Ranked(ItemWeights weights, int item, int rank)
        {
            var values = weights.ValuesOf(item).ToArray();
            Array.Sort(values);
            return (double)values[Math.Max(0, values.Length - rank)] / weights.Scale;
        }

        /// <summary>Adds the rows to W's and keeps the greatest.</summary>
        public void Add(ItemWeights weights, float factor, int block, RowStore store)
        {
            for (var row = 0; row < _own.Length; row++)
            {
                TensorPrimitives.Multiply(_values.AsSpan(row * _items, _items), factor, _sum);
                var columns = weights.ColumnsOf(_own[row]);
                var values = weights.ValuesOf(_own[row]);
                for (var at = 0; at < columns.Length; at++)
                    _sum[columns[at]] += (float)values[at] / weights.Scale;
                _selector.Reset(rows._neighbours, floor: 0);
                Selection.Offer(_sum, _selector);
                store.Add(block, _selector.CopyByIndex(_columns, _kept), _columns, _kept);
            }
        }
    }
}
