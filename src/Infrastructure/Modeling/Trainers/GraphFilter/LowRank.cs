using System.Numerics.Tensors;
using Recommendation.Modeling.Linear;

namespace Recommendation.Modeling.Trainers.GraphFilter;

/// <summary>
/// V: the leading eigenvectors of S, items × rank by rows, by randomised subspace iteration (Halko, Martinsson, Tropp
/// 2011, algorithms 4.4 and 5.3): start at random, apply S, orthonormalise, repeat; then rotate to the eigenvectors and
/// drop the surplus. Seeded, and summed in a fixed order.
/// </summary>
internal sealed class LowRank
{
    private const int RowBlock = 2048;
    private const int Iterations = 6;
    private const int Seed = 20_101_220;

    /// <param name="rank">r.</param>
    /// <param name="values">Items × rank, by rows.</param>
    public LowRank(int rank, float[] values) => (Rank, Values) = (rank, values);

    /// <summary>r: the length of a row.</summary>
    public int Rank { get; }

    public float[] Values { get; }

    public ReadOnlySpan<float> RowOf(int item) => Values.AsSpan(item * Rank, Rank);

    /// <param name="graph">The graph that defines S.</param>
    /// <param name="rank">r; cut to a quarter of the smaller side of the graph.</param>
    /// <param name="threads">The maximum number of threads. The result does not depend on it.</param>
    /// <param name="cancellationToken">Cancels the work.</param>
    /// <returns>Null if the graph is too small for a low-rank term.</returns>
    public static LowRank? Of(ItemGraph graph, int rank, int threads, CancellationToken cancellationToken) =>
        Of(new InMemoryGraph(graph), rank, threads, cancellationToken);

    /// <inheritdoc cref="Of(ItemGraph, int, int, CancellationToken)"/>
    public static LowRank? Of(GraphOperator graph, int rank, int threads, CancellationToken cancellationToken)
    {
        rank = (int)Math.Min(rank, Math.Min(graph.Users, graph.Items) / 4);
        if (rank < 2)
            return null;
        var width = (rank + 16 + BlockProduct.Width - 1) / BlockProduct.Width * BlockProduct.Width;
        var iteration = new SubspaceIteration(
            graph,
            width,
            new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellationToken }
        );
        iteration.Randomise(new Random(Seed));
        for (var i = 0; i < Iterations; i++)
        {
            iteration.Apply();
            iteration.Orthonormalise();
        }
        return new LowRank(rank, iteration.Leading(rank));
    }

    private sealed class SubspaceIteration(GraphOperator graph, int width, ParallelOptions parallel)
    {
        private float[] _items = new float[graph.Items * width];
        private float[] _next = new float[graph.Items * width];

        public void Randomise(Random random)
        {
            for (var i = 0; i < _items.Length; i++)
                _items[i] = random.NextSingle() - 0.5f;
        }

        /// <summary>Q ← S Q.</summary>
        public void Apply()
        {
            Multiply();
            (_items, _next) = (_next, _items);
        }

        /// <summary>Q ← Q R⁻¹ with RᵀR = QᵀQ, twice: once leaves what single precision can't see.</summary>
        public void Orthonormalise()
        {
            for (var pass = 0; pass < 2; pass++)
                Rotate(Cholesky.InverseOfFactor(Products(_items, _items)), width);
        }

        /// <summary>The first eigenvectors of S within the subspace (Rayleigh–Ritz).</summary>
        public float[] Leading(int rank)
        {
            Multiply();
            Rotate(SymmetricEigen.Leading(Products(_items, _next), rank, parallel.CancellationToken), rank);
            return _items;
        }

        /// <summary>Next ← S Q.</summary>
        private void Multiply() => graph.Multiply(_items, _next, width, parallel);

        /// <summary>AᵀB in double precision, block by block in order.</summary>
        private double[,] Products(float[] a, float[] b)
        {
            var partial = new float[Blocks(graph.Items)][];
            InBlocks(graph.Items, (start, end) =>
            {
                var sums = new float[width * width];
                for (var row = start; row < end; row++)
                {
                    var right = b.AsSpan(row * width, width);
                    for (var i = 0; i < width; i++)
                    {
                        var target = sums.AsSpan(i * width, width);
                        TensorPrimitives.MultiplyAdd(right, a[(row * width) + i], target, target);
                    }
                }
                partial[start / RowBlock] = sums;
            });
            var products = new double[width, width];
            foreach (var sums in partial)
            {
                for (var i = 0; i < sums.Length; i++)
                    products[i / width, i % width] += sums[i];
            }
            return products;
        }

        /// <summary>Q ← Q M, where M has <paramref name="columns"/> columns.</summary>
        private void Rotate(float[] m, int columns)
        {
            var target = columns == width ? _next : new float[graph.Items * columns];
            InBlocks(graph.Items, (start, end) =>
            {
                for (var row = start; row < end; row++)
                {
                    var sums = target.AsSpan(row * columns, columns);
                    sums.Clear();
                    for (var i = 0; i < width; i++)
                        TensorPrimitives.MultiplyAdd(
                            m.AsSpan(i * columns, columns),
                            _items[(row * width) + i],
                            sums,
                            sums
                        );
                }
            });
            (_items, _next) = (target, _items);
        }

        private static int Blocks(int rows) => (rows + RowBlock - 1) / RowBlock;

        private void InBlocks(int rows, Action<int, int> work) =>
            Parallel.For(
                0,
                Blocks(rows),
                parallel,
                block => work(block * RowBlock, Math.Min(rows, (block + 1) * RowBlock))
            );
    }
}
