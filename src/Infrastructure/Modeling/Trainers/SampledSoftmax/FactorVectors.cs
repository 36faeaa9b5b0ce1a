using System.Numerics.Tensors;
using Recommendation.Modeling.Linear;
using Recommendation.Modeling.Trainers.GraphFilter;

namespace Recommendation.Modeling.Trainers.SampledSoftmax;

/// <summary>A vector of each item, by planes of 64 numbers, and how far each has moved.</summary>
internal sealed class FactorVectors
{
    private const int Width = BlockProduct.Width;
    private const float Tiny = 1e-9f;

    private readonly float[] _moved;

    private FactorVectors(float[][] planes) => (Planes, _moved) = (planes, new float[planes[0].Length / Width]);

    public float[][] Planes { get; }

    public int Items => _moved.Length;

    /// <summary>The leading eigenvectors' rows at length 1, and some noise.</summary>
    public static FactorVectors From(LowRank start, int planes, float noise, Random random)
    {
        var items = start.Values.Length / start.Rank;
        var vectors = new FactorVectors([.. Enumerable.Range(0, planes).Select(_ => new float[items * Width])]);
        for (var item = 0; item < items; item++)
        {
            var row = start.RowOf(item)[..Math.Min(start.Rank, planes * Width)];
            var length = TensorPrimitives.Norm(row) + Tiny;
            for (var at = 0; at < planes * Width; at++)
                vectors.Planes[at / Width][(item * Width) + (at % Width)] =
                    (at < row.Length ? row[at] / length : 0) + (noise * ((2 * random.NextSingle()) - 1));
        }
        return vectors;
    }

    public ReadOnlySpan<float> Of(int item, int plane) => Planes[plane].AsSpan(item * Width, Width);

    /// <summary>One over the length.</summary>
    public float InverseLength(int item)
    {
        var squares = 0f;
        for (var plane = 0; plane < Planes.Length; plane++)
            squares += TensorPrimitives.SumOfSquares(Of(item, plane));
        return 1 / (MathF.Sqrt(squares) + Tiny);
    }

    public float[][] Copied() => Array.ConvertAll(Planes, plane => (float[])plane.Clone());

    /// <summary>
    /// The vectors at length 1, less their mean. What all have in common adds the same to every score, which changes no
    /// order; but of rows that are cut it would leave a step between what is kept and what counts as 0.
    /// </summary>
    public float[][] Centred()
    {
        var planes = Normalised();
        Span<float> mean = stackalloc float[Width];
        foreach (var plane in planes)
        {
            mean.Clear();
            for (var item = 0; item < Items; item++)
                TensorPrimitives.Add(mean, plane.AsSpan(item * Width, Width), mean);
            TensorPrimitives.Divide(mean, Items, mean);
            for (var item = 0; item < Items; item++)
                TensorPrimitives.Subtract(plane.AsSpan(item * Width, Width), mean, plane.AsSpan(item * Width, Width));
        }
        return planes;
    }

    private float[][] Normalised()
    {
        var planes = Array.ConvertAll(Planes, plane => new float[plane.Length]);
        for (var item = 0; item < Items; item++)
        {
            var scale = InverseLength(item);
            for (var plane = 0; plane < planes.Length; plane++)
                TensorPrimitives.Multiply(Of(item, plane), scale, planes[plane].AsSpan(item * Width, Width));
        }
        return planes;
    }

    /// <summary>
    /// A step against the gradient; the more an item has moved, the shorter (AdaGrad, one size for the whole vector).
    /// </summary>
    /// <param name="item">Whose vector.</param>
    /// <param name="gradient">By the vector over the factor.</param>
    /// <param name="meanSquare">Of the gradient.</param>
    /// <param name="factor">What the gradient is to be multiplied with.</param>
    /// <param name="rate">The learning rate.</param>
    public void Step(int item, ReadOnlySpan<float> gradient, float meanSquare, float factor, float rate)
    {
        if (meanSquare == 0)
            return;
        _moved[item] += meanSquare * factor * factor;
        var step = -rate * factor / MathF.Sqrt(_moved[item]);
        for (var plane = 0; plane < Planes.Length; plane++)
        {
            var vector = Planes[plane].AsSpan(item * Width, Width);
            TensorPrimitives.MultiplyAdd(gradient.Slice(plane * Width, Width), step, vector, vector);
        }
    }

    /// <summary>
    /// A step by the gradient of the vector at length 1: what of it would only change the length is left out.
    /// </summary>
    /// <param name="item">Whose vector.</param>
    /// <param name="gradient">By the normalised vector; overwritten.</param>
    /// <param name="rate">The learning rate.</param>
    public void StepOnSphere(int item, Span<float> gradient, float rate)
    {
        var scale = InverseLength(item);
        var along = 0f;
        for (var plane = 0; plane < Planes.Length; plane++)
            along += TensorPrimitives.Dot(Of(item, plane), gradient.Slice(plane * Width, Width));
        along *= -scale * scale;
        for (var plane = 0; plane < Planes.Length; plane++)
        {
            var part = gradient.Slice(plane * Width, Width);
            TensorPrimitives.MultiplyAdd(Of(item, plane), along, part, part);
        }
        Step(item, gradient, TensorPrimitives.SumOfSquares<float>(gradient) / gradient.Length, scale, rate);
    }
}
