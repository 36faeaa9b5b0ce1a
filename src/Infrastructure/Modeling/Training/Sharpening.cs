using System.Numerics.Tensors;

namespace Recommendation.Modeling.Training;

/// <summary>
/// Makes more of what goes together closely, and lets every item of a history have its say: with m the greatest weight
/// of a row, <c>w ← m (w / m)^p</c>, and then the row is divided by its norm to the e. Sums of many faint resemblances
/// otherwise drown the few that say something. For weights above 0.
/// </summary>
internal static class Sharpening
{
    private const int BlockLength = 64;

    /// <param name="weights">Rows.</param>
    /// <param name="sharpness">p; 1 for no change.</param>
    /// <param name="evenness">e; 0 for no change.</param>
    /// <param name="threads">How many threads to use; the result does not depend on it.</param>
    public static ItemWeights Of(ItemWeights weights, double sharpness, double evenness, int threads)
    {
        if (sharpness == 1 && evenness == 0)
            return weights;
        var rows = new RowStore(weights.Items, BlockLength);
        Parallel.For(0, rows.Blocks, new ParallelOptions { MaxDegreeOfParallelism = threads }, block =>
        {
            for (var item = block * BlockLength; item < Math.Min(weights.Items, (block + 1) * BlockLength); item++)
            {
                var values = new float[weights.ValuesOf(item).Length];
                TensorPrimitives.ConvertToSingle(weights.ValuesOf(item), values);
                TensorPrimitives.Divide(values, weights.Scale, values);
                Sharpen(values, (float)sharpness, (float)evenness);
                rows.Add(block, values.Length, weights.ColumnsOf(item).ToArray(), values);
            }
        });
        return rows.ToWeights();
    }

    private static void Sharpen(Span<float> row, float sharpness, float evenness)
    {
        if (row.IsEmpty || TensorPrimitives.Max<float>(row) is not (> 0 and var greatest))
            return;
        TensorPrimitives.Divide(row, greatest, row);
        TensorPrimitives.Pow(row, sharpness, row);
        TensorPrimitives.Multiply(
            row,
            greatest / MathF.Pow(greatest * TensorPrimitives.Norm<float>(row), evenness),
            row
        );
    }
}
