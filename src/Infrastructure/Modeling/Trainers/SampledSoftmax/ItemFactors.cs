using System.Numerics.Tensors;
using Recommendation.Modeling.Linear;

namespace Recommendation.Modeling.Trainers.SampledSoftmax;

/// <summary>
/// Two vectors of each item: p as a part of a history, and t, of length 1, as a target. A history scores an item by
/// <c>(Σ_h q_h p_h) · t_j</c>. So the factors are a matrix of weights between items, <c>P Tᵀ</c>, and can be added to
/// other rows. Stored in planes of 64 numbers, each plane items × 64.
/// </summary>
/// <param name="Sources">P.</param>
/// <param name="Targets">T.</param>
internal sealed record ItemFactors(float[][] Sources, float[][] Targets)
{
    private const int Width = BlockProduct.Width;

    public int Items => Targets[0].Length / Width;

    /// <summary>The same factors with each t multiplied by a popularity prior.</summary>
    /// <param name="prior">By item; see <see cref="PopularityPrior"/>.</param>
    public ItemFactors WithPrior(float[] prior)
    {
        var targets = Array.ConvertAll(Targets, plane => new float[plane.Length]);
        for (var plane = 0; plane < targets.Length; plane++)
        {
            for (var item = 0; item < Items; item++)
                TensorPrimitives.Multiply(
                    Targets[plane].AsSpan(item * Width, Width),
                    prior[item],
                    targets[plane].AsSpan(item * Width, Width)
                );
        }
        return this with { Targets = targets };
    }

    /// <summary><c>(d_j / d)^ε</c>, where d is the mean of all d_j.</summary>
    /// <param name="degrees">d_j: how much each item occurs.</param>
    /// <param name="exponent">ε.</param>
    public static float[] PopularityPrior(double[] degrees, double exponent)
    {
        var mean = degrees.Average();
        return Array.ConvertAll(degrees, degree => degree > 0 ? (float)Math.Pow(degree / mean, exponent) : 0);
    }
}
