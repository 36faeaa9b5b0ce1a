using Recommendation.Modeling.Linear;

namespace Recommendation.Modeling.Trainers.GraphFilter;

/// <summary>Applies <c>S = AᵀA</c> to dense columns. See <see cref="ItemGraph"/>.</summary>
internal abstract class GraphOperator
{
    public abstract long Users { get; }

    public abstract int Items { get; }

    /// <summary><c>target = S · source</c>. The result does not depend on the number of threads.</summary>
    /// <param name="source">Items × width, by rows.</param>
    /// <param name="target">As large as the source.</param>
    /// <param name="width">A multiple of 64.</param>
    /// <param name="parallel">How many threads to use.</param>
    public abstract void Multiply(float[] source, float[] target, int width, ParallelOptions parallel);
}

/// <summary>The operator of a graph in memory.</summary>
internal sealed class InMemoryGraph(ItemGraph graph) : GraphOperator
{
    private const int RowBlock = 2048;

    private readonly float[] _users = new float[graph.Users.Rows * BlockProduct.Width];

    public override long Users => graph.Users.Rows;

    public override int Items => graph.Items.Rows;

    /// <inheritdoc/>
    public override void Multiply(float[] source, float[] target, int width, ParallelOptions parallel)
    {
        for (var offset = 0; offset < width; offset += BlockProduct.Width)
        {
            DenseBlock from = new(source, width, offset), users = new(_users, BlockProduct.Width, 0);
            var to = new DenseBlock(target, width, offset);
            InBlocks(graph.Users.Rows, parallel, rows => BlockProduct.Multiply(graph.Users, from, users, rows));
            InBlocks(graph.Items.Rows, parallel, rows => BlockProduct.Multiply(graph.Items, users, to, rows));
        }
    }

    private static void InBlocks(int rows, ParallelOptions parallel, Action<Range> work) =>
        Parallel.For(0, (rows + RowBlock - 1) / RowBlock, parallel, block =>
            work((block * RowBlock)..Math.Min(rows, (block + 1) * RowBlock)));
}
