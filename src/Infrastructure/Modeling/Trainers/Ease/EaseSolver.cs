using Recommendation.Modeling.Linear;

namespace Recommendation.Modeling.Trainers.Ease;

/// <summary>
/// EASE (Steck 2019): <c>P = (G + λI)⁻¹</c>, <c>B_ij = -P_ij / P_jj</c> with a zero diagonal. On the normalised Gram
/// matrix G = S the weights are <c>W_ij = d_i^-½ B_ij d_j^c</c>; on G = XᵀX they are <c>B_ij d_j^c</c>. Memory grows
/// with the square of the number of items (G and P), and time with its cube. One inverse
/// serves several target exponents.
/// </summary>
internal sealed class EaseSolver(SparseMatrix histories, int neighbours, int threads)
{
    private const int BlockLength = 64;

    private readonly NormalisedGram _gram = new(histories);

    private int Items => histories.Columns;

    /// <summary>P by rows of the padded length. The padding is the unit matrix and has no effect.</summary>
    public float[] Invert(bool normalised, double lambda, Action<double> progress, CancellationToken cancellationToken)
    {
        var side = SymmetricInverse.Padded(Items);
        var matrix = new float[checked(side * side)];
        Parallel.For(0, Items, Options(cancellationToken), () => new Accumulator(Items), (item, _, sums) =>
        {
            cancellationToken.ThrowIfCancellationRequested();
            Fill(item, normalised, sums, matrix.AsSpan(item * side, Items));
            matrix[(item * side) + item] += (float)lambda;
            return sums;
        }, _ => { });
        for (var padding = Items; padding < side; padding++)
            matrix[(padding * side) + padding] = 1;
        SymmetricInverse.Invert(matrix, side, threads, progress, cancellationToken);
        return matrix;
    }

    /// <summary>
    /// W of an inverse, the K largest of each row by magnitude. With EASE, negative weights count as
    /// much as positive ones.
    /// </summary>
    public ItemWeights Weights(float[] inverse, EaseParameters parameters, CancellationToken cancellationToken)
    {
        var side = SymmetricInverse.Padded(Items);
        var sources = Powers(parameters.Normalised ? -0.5 : 0);
        var targets = Powers(parameters.TargetExponent);
        for (var item = 0; item < Items; item++)
            targets[item] /= -inverse[(item * side) + item];
        var rows = new RowStore(Items, BlockLength);
        Parallel.For(0, rows.Blocks, Options(cancellationToken), () => new Row(Items, neighbours), (block, _, row) =>
        {
            for (var item = block * BlockLength; item < Math.Min(Items, (block + 1) * BlockLength); item++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                var count = row.Cut(item, inverse.AsSpan(item * side, Items), sources[item], targets);
                rows.Add(block, count, row.Columns, row.Values);
            }
            return row;
        }, _ => { });
        return rows.ToWeights();
    }

    // With the token, so that a cancelled loop throws OperationCanceledException and not AggregateException.
    private ParallelOptions Options(CancellationToken cancellationToken) =>
        new() { MaxDegreeOfParallelism = threads, CancellationToken = cancellationToken };

    private float[] Powers(double exponent) =>
        Array.ConvertAll(_gram.Degrees, degree => degree > 0 ? (float)Math.Pow(degree, exponent) : 0);

    private void Fill(int item, bool normalised, Accumulator sums, Span<float> target)
    {
        if (normalised)
        {
            _gram.AddRow(item, sums);
            sums.Scale(_gram.InverseRoots);
            System.Numerics.Tensors.TensorPrimitives.Multiply(sums.Values, _gram.InverseRoots[item], target);
        }
        else
        {
            _gram.AddPlainRow(item, sums);
            sums.Values.CopyTo(target);
        }
        sums.Clear();
    }

    /// <summary>The working memory of one thread.</summary>
    private sealed class Row(int items, int neighbours)
    {
        private readonly float[] _weights = new float[items];
        private readonly TopK _selector = new();

        public int[] Columns { get; } = new int[neighbours];

        public float[] Values { get; } = new float[neighbours];

        public int Cut(int item, ReadOnlySpan<float> inverse, float source, float[] targets)
        {
            _selector.Reset(neighbours, floor: 0);
            for (var column = 0; column < inverse.Length; column++)
            {
                _weights[column] = column == item ? 0 : source * inverse[column] * targets[column];
                _selector.Offer(Math.Abs(_weights[column]), column);
            }
            var count = _selector.CopyByIndex(Columns, Values);
            for (var i = 0; i < count; i++)
                Values[i] = _weights[Columns[i]];
            return count;
        }
    }
}
