using System.Numerics.Tensors;
using Recommendation.Modeling.Linear;

namespace Recommendation.Modeling.Trainers.GraphFilter;

/// <summary>
/// Applies filters of the item graph to 64 sparse vectors at once (histories of users, or single items). Not
/// thread-safe. Each call overwrites the results of the call before.
/// </summary>
internal sealed class FilterBlock(ItemGraph graph, LowRank? lowRank, double[][] filters)
{
    private const int Width = BlockProduct.Width;

    private readonly float[] _even = new float[graph.Items.Rows * Width];
    private readonly float[] _odd = new float[graph.Items.Rows * Width];
    private readonly float[] _users = new float[graph.Users.Rows * Width];
    private readonly float[] _projected = new float[(lowRank?.Rank ?? 0) * Width];

    /// <summary>By filter: items × 64, <c>f(S) · q</c>.</summary>
    public float[][] Filtered { get; } = Array.ConvertAll(filters, _ => new float[graph.Items.Rows * Width]);

    /// <summary>Items × 64, <c>V Vᵀ · q</c>; empty without a low-rank term.</summary>
    public float[] LowRank { get; } = new float[lowRank is null ? 0 : graph.Items.Rows * Width];

    /// <summary>Begins anew with 64 empty vectors.</summary>
    public void Reset()
    {
        Array.Clear(_even);
        Array.Clear(_projected);
    }

    /// <summary>Puts an item into one of the vectors.</summary>
    public void Add(int column, int item, float weight)
    {
        _even[(item * Width) + column] += weight;
        if (lowRank is null)
            return;
        var row = lowRank.RowOf(item);
        for (var k = 0; k < row.Length; k++)
            _projected[(k * Width) + column] += weight * row[k];
    }

    /// <summary>Fills <see cref="Filtered"/> and <see cref="LowRank"/>.</summary>
    public void Apply(CancellationToken cancellationToken)
    {
        for (var filter = 0; filter < filters.Length; filter++)
            TensorPrimitives.Multiply(_even, (float)filters[filter][0], Filtered[filter]);
        var (before, now) = (_odd, _even);
        for (var degree = 1; degree <= filters.Max(filter => filter.Length) - 1; degree++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            BlockProduct.Multiply(graph.Users, new(now, Width, 0), new(_users, Width, 0), ..);
            if (degree == 1)
                First(now, before);
            else
                BlockProduct.Recur(graph.Items, _users, now, before);
            (before, now) = (now, before);
            AddTerm(degree, now);
        }
        if (lowRank is not null)
            BlockProduct.MultiplyDense(lowRank.Values, lowRank.Rank, _projected, LowRank);
    }

    /// <summary>T_1 = (2 S - 1) T_0.</summary>
    private void First(float[] source, float[] target)
    {
        BlockProduct.Multiply(graph.Items, new(_users, Width, 0), new(target, Width, 0), ..);
        TensorPrimitives.Multiply(target, 2f, target);
        TensorPrimitives.Subtract(target, source, target);
    }

    private void AddTerm(int degree, float[] term)
    {
        for (var filter = 0; filter < filters.Length; filter++)
        {
            if (degree < filters[filter].Length)
                TensorPrimitives.MultiplyAdd(term, (float)filters[filter][degree], Filtered[filter], Filtered[filter]);
        }
    }
}
