using System.Numerics.Tensors;
using Recommendation.Modeling.Linear;
using Recommendation.Modeling.Trainers.GraphFilter;

namespace Recommendation.Modeling.RowBlocks;

/// <summary>The graph of <see cref="ItemGraph"/>, read from a file some users at a time.</summary>
internal sealed class StreamedGraph : GraphOperator
{
    private const int Width = BlockProduct.Width;

    private readonly FoldedHistories _histories;
    private readonly double _userExponent;
    private readonly double[] _perItem;
    private readonly float _greatest;

    private StreamedGraph(
        FoldedHistories histories, double userExponent, float? greatest, CancellationToken cancellationToken)
    {
        (_histories, _userExponent) = (histories, userExponent);
        _perItem = ItemGraph.Powers(histories.Degrees, -0.5);
        _greatest = 1;
        _greatest = greatest ?? GreatestSingularValue(cancellationToken);
    }

    /// <summary>Measures the scale of the graph: thirty passes, unless every user counts the same.</summary>
    public static StreamedGraph Measure(
        FoldedHistories histories, double userExponent, CancellationToken cancellationToken) =>
        new(histories, userExponent, userExponent == 1 ? 1 : null, cancellationToken);

    /// <summary>What A is divided by, so that its largest singular value is 1.</summary>
    public float Greatest => _greatest;

    public override long Users => _histories.Users;

    public override int Items => _histories.Items;

    /// <summary>A, some users at a time.</summary>
    public IEnumerable<SparseMatrix> Chunks(CancellationToken cancellationToken) =>
        _histories.Chunks(cancellationToken).Select(Scaled);

    /// <inheritdoc/>
    public override void Multiply(float[] source, float[] target, int width, ParallelOptions parallel)
    {
        Array.Clear(target);
        foreach (var users in Chunks(parallel.CancellationToken))
        {
            var items = users.Transpose();
            // Each thread has columns of its own, so the order of the sums does not depend on the number of threads.
            Parallel.For(0, width / Width, parallel, () => new float[users.Rows * Width], (slice, _, sums) =>
            {
                BlockProduct.Multiply(users, new(source, width, slice * Width), new(sums, Width, 0), ..);
                BlockProduct.AddProduct(items, new(sums, Width, 0), new(target, width, slice * Width));
                return sums;
            }, _ => { });
        }
    }

    private SparseMatrix Scaled(SparseMatrix histories)
    {
        var perUser = ItemGraph.Powers(histories.RowSums(), -_userExponent / 2);
        var values = new float[histories.Entries];
        for (var user = 0; user < histories.Rows; user++)
        {
            for (var entry = histories.Offsets[user]; entry < histories.Offsets[user + 1]; entry++)
                values[entry] = (float)(histories.Values[entry] * perUser[user] * _perItem[histories.Indices[entry]]);
        }
        if (_greatest != 1)
            TensorPrimitives.Divide(values, _greatest, values);
        return histories with { Values = values };
    }

    private float GreatestSingularValue(CancellationToken cancellationToken)
    {
        var vector = new double[Items];
        Array.Fill(vector, 1);
        var square = 1d;
        for (var iteration = 0; iteration < ItemGraph.PowerIterations; iteration++)
        {
            var next = new double[Items];
            foreach (var users in Chunks(cancellationToken))
                ItemGraph.AddProduct(users, vector, next);
            square = TensorPrimitives.Norm<double>(next);
            TensorPrimitives.Divide(next, square, vector);
        }
        return square > 0 ? (float)Math.Sqrt(square) : 1;
    }
}
