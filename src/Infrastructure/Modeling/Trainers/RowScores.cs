using System.Numerics.Tensors;
using Recommendation.Modeling.Linear;

namespace Recommendation.Modeling.Trainers;

/// <summary>Scores by finished rows.</summary>
internal sealed class RowScores(ItemWeights weights) : HistoryScores
{
    private readonly float[] _values = new float[weights.Items * BlockProduct.Width];
    private float[] _row = [];

    public override void Clear() => Array.Clear(_values);

    public override void Add(int history, int item, float weight)
    {
        var columns = weights.ColumnsOf(item);
        if (_row.Length < columns.Length)
            _row = new float[columns.Length];
        TensorPrimitives.ConvertToSingle(weights.ValuesOf(item), _row);
        var sums = Of(history);
        for (var at = 0; at < columns.Length; at++)
            sums[columns[at]] += _row[at] * weight / weights.Scale;
    }

    public override void Compute()
    {
    }

    public override Span<float> Of(int history) => _values.AsSpan(history * weights.Items, weights.Items);
}
