using System.Numerics.Tensors;
using Recommendation.Modeling.Numerics;

namespace Recommendation.Modeling.Factors;

/// <summary>
/// Two vectors of each item: p as a part of a history, and t, of length 1, as something to find. A history scores an
/// item by <c>(Σ_h q_h p_h) · t_j</c>, so the factors are a matrix of weights between items, <c>P Tᵀ</c>, and go into
/// the same rows as all else. Stored by planes of 64 numbers, each plane items × 64.
/// </summary>
/// <param name="Sources">P.</param>
/// <param name="Targets">T.</param>
internal sealed record ItemFactors(float[][] Sources, float[][] Targets)
{
    private const int Width = BlockProduct.Width;

    public int Items => Targets[0].Length / Width;

    /// <summary>The same with each t multiplied: how much the item is favoured.</summary>
    /// <param name="favours">By item; see <see cref="Favours"/>.</param>
    public ItemFactors Favouring(float[] favours)
    {
        var targets = Array.ConvertAll(Targets, plane => new float[plane.Length]);
        for (var plane = 0; plane < targets.Length; plane++)
        {
            for (var item = 0; item < Items; item++)
                TensorPrimitives.Multiply(
                    Targets[plane].AsSpan(item * Width, Width),
                    favours[item],
                    targets[plane].AsSpan(item * Width, Width)
                );
        }
        return this with { Targets = targets };
    }

    /// <summary><c>(d_j / d)^ε</c>, where d is the mean of all d_j.</summary>
    /// <param name="degrees">d_j: how much each item occurs.</param>
    /// <param name="exponent">ε.</param>
    public static float[] Favours(double[] degrees, double exponent)
    {
        var mean = degrees.Average();
        return Array.ConvertAll(degrees, degree => degree > 0 ? (float)Math.Pow(degree / mean, exponent) : 0);
    }
}
