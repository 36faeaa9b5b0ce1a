using System.Numerics.Tensors;
using Recommendation.Modeling.Linear;

namespace Recommendation.Modeling.Trainers;

/// <summary>
/// Increases the contrast of rows and balances their influence: with m the maximum of a row, <c>w ← m (w / m)^p</c>,
/// then the row is divided by its norm to the power e. Otherwise sums of many weak similarities outweigh the few strong
/// ones. For weights above 0.
/// </summary>
internal static class Sharpening
{
    private const int BlockLength = 64;

    /// <param name="weights">Rows.</param>
    /// <param name="sharpness">p; 1 for no change.</param>
    /// <param name="rowNormExponent">e; 0 for no change.</param>
    /// <param name="threads">The maximum number of threads. The result does not depend on it.</param>
    public static ItemWeights Of(ItemWeights weights, double sharpness, double rowNormExponent, int threads)
    {
        if (sharpness == 1 && rowNormExponent == 0)
            return weights;
        var rows = new RowStore(weights.Items, BlockLength);
        Parallel.For(0, rows.Blocks, new ParallelOptions { MaxDegreeOfParallelism = threads }, block =>
        {
            for (var item = block * BlockLength; item < Math.Min(weights.Items, (block + 1) * BlockLength); item++)
            {
                var values = new float[weights.ValuesOf(item).Length];
                TensorPrimitives.ConvertToSingle(weights.ValuesOf(item), values);
                TensorPrimitives.Divide(values, weights.Scale, values);
                Sharpen(values, (float)sharpness, (float)rowNormExponent);
                rows.Add(block, values.Length, weights.ColumnsOf(item).ToArray(), values);
            }
        });
        return rows.ToWeights();
    }

    /// <summary>Sharpens one row.</summary>
    public static void Sharpen(Span<float> row, float sharpness, float rowNormExponent)
    {
        if (sharpness == 1 && rowNormExponent == 0)
            return;
        if (row.IsEmpty || TensorPrimitives.Max<float>(row) is not (> 0 and var greatest))
            return;
        TensorPrimitives.Divide(row, greatest, row);
        TensorPrimitives.Pow(row, sharpness, row);
        TensorPrimitives.Multiply(
            row,
            greatest / MathF.Pow(greatest * TensorPrimitives.Norm<float>(row), rowNormExponent),
            row
        );
    }
}
