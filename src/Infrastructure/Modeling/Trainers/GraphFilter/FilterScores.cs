using System.Numerics.Tensors;
using Recommendation.Modeling.Linear;

namespace Recommendation.Modeling.Trainers.GraphFilter;

/// <summary>
/// Scores as the weights of <see cref="GraphFilterRows"/> would without truncation. It computes no rows.
/// </summary>
internal sealed class FilterScores : HistoryScores
{
    private const int Width = BlockProduct.Width;

    private readonly FilterBlock _block;
    private readonly float _share;
    private readonly float[] _sources;
    private readonly float[] _targets;
    private readonly float[] _values;

    /// <param name="graph">The graph that defines S.</param>
    /// <param name="lowRank">V; null for none.</param>
    /// <param name="parameters">What to compute; without sharpness, which is of rows.</param>
    public FilterScores(ItemGraph graph, LowRank? lowRank, GraphFilterParameters parameters)
    {
        _share = (float)parameters.LowRankShare;
        _block = new(graph, _share > 0 ? lowRank : null, [ChebyshevFilter.Coefficients(parameters.Flatness)]);
        (_sources, _targets) = (graph.DegreePowers(-parameters.Beta), graph.DegreePowers(parameters.Beta));
        _values = new float[_targets.Length * Width];
    }

    public override void Clear() => _block.Reset();

    public override void Add(int history, int item, float weight) => _block.Add(history, item, weight * _sources[item]);

    public override void Compute()
    {
        _block.Apply(CancellationToken.None);
        if (_block.LowRank.Length > 0)
            TensorPrimitives.MultiplyAdd(_block.LowRank, _share, _block.Filtered[0], _block.Filtered[0]);
        BlockRows.Transpose(_block.Filtered[0], _values);
        for (var history = 0; history < Width; history++)
            TensorPrimitives.Multiply(Of(history), _targets, Of(history));
    }

    public override Span<float> Of(int history) => _values.AsSpan(history * _targets.Length, _targets.Length);
}
