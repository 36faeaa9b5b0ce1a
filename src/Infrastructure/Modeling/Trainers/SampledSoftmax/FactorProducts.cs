using System.Numerics.Tensors;
using Recommendation.Modeling.Linear;

namespace Recommendation.Modeling.Trainers.SampledSoftmax;

/// <summary>Scores by factors: <c>(Σ_h q_h p_h) · t_j</c>.</summary>
internal sealed class FactorProducts(ItemFactors factors) : HistoryScores
{
    private const int Width = BlockProduct.Width;

    private readonly int _items = factors.Items;
    private readonly float[][] _sums = Array.ConvertAll(factors.Sources, _ => new float[Width * Width]);
    private readonly float[] _byNumber = new float[Width * Width];
    private readonly float[] _block = new float[factors.Items * Width];
    private readonly float[] _values = new float[factors.Items * Width];

    public override void Clear()
    {
        foreach (var plane in _sums)
            Array.Clear(plane);
    }

    public override void Add(int history, int item, float weight)
    {
        for (var plane = 0; plane < _sums.Length; plane++)
        {
            var sum = _sums[plane].AsSpan(history * Width, Width);
            TensorPrimitives.MultiplyAdd(factors.Sources[plane].AsSpan(item * Width, Width), weight, sum, sum);
        }
    }

    public override void Compute()
    {
        for (var plane = 0; plane < _sums.Length; plane++)
        {
            BlockRows.Transpose(_sums[plane], _byNumber);
            BlockProduct.AddProduct(
                factors.Targets[plane],
                Width,
                _byNumber,
                new(_block, Width, 0),
                0.._items,
                keep: plane == 0 ? 0 : 1,
                factor: 1
            );
        }
        BlockRows.Transpose(_block, _values);
    }

    public override Span<float> Of(int history) => _values.AsSpan(history * _items, _items);
}
