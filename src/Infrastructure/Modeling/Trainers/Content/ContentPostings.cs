using Recommendation.Modeling.Linear;

namespace Recommendation.Modeling.Trainers.Content;

/// <summary>The items of an index by feature. Finds the items that resemble a vector.</summary>
internal sealed class ContentPostings
{
    /// <summary>A feature of more items says too little for what it costs.</summary>
    public const int MaximumLength = 20_000;

    private readonly ContentIndex _index;
    private readonly SparseMatrix _items;

    /// <param name="index">The items.</param>
    /// <param name="targets">By item, whether it may be found; null for all.</param>
    public ContentPostings(ContentIndex index, bool[]? targets)
    {
        _index = index;
        var entries = Enumerable.Range(0, index.Items).Where(item => targets?[item] != false)
            .Sum(item => (long)index.FeaturesOf(item).Length);
        var (offsets, indices, values) = (new int[index.Items + 1], new int[entries], new float[entries]);
        for (var (item, at) = (0, 0); item < index.Items; item++)
        {
            if (targets?[item] != false)
            {
                index.FeaturesOf(item).CopyTo(indices.AsSpan(at));
                System.Numerics.Tensors.TensorPrimitives.ConvertToSingle(index.ValuesOf(item), values.AsSpan(at));
                at += index.FeaturesOf(item).Length;
            }
            offsets[item + 1] = at;
        }
        _items = new SparseMatrix(index.Hashes.Length, offsets, indices, values).Transpose();
    }

    public ContentIndex Index => _index;

    /// <summary>Adds to each item <c>Σ_k a_k cos_k</c> with a vector.</summary>
    public void AddSimilarities(ContentVector vector, ReadOnlySpan<float> weights, Accumulator sums)
    {
        for (var at = 0; at < vector.Features.Length; at++)
        {
            var feature = vector.Features[at];
            var factor = weights[_index.FeatureKinds[feature]] * vector.Values[at];
            if (factor > 0)
                sums.Add(_items.IndicesOf(feature), _items.ValuesOf(feature), factor);
        }
    }

    /// <summary>The items that resemble a vector most, by ascending number.</summary>
    /// <param name="vector">The vector.</param>
    /// <param name="without">An item that is left out; -1 for none.</param>
    /// <param name="space">Working memory of one thread.</param>
    public ContentNeighbours Nearest(ContentVector vector, int without, ContentSpace space)
    {
        AddSimilarities(vector, _index.Weights, space.Sums);
        if (without >= 0)
            space.Sums.Set(without, 0);
        space.Selector.Reset(ContentNeighbours.Maximum, floor: 1e-3f);
        space.Sums.OfferTo(space.Selector);
        space.Sums.Clear();
        var count = space.Selector.CopyByIndex(space.Columns, space.Values);
        return new(space.Columns[..count], space.Values[..count]);
    }
}

/// <summary>Working memory of one thread.</summary>
internal sealed class ContentSpace(int items)
{
    public Accumulator Sums { get; } = new(items);

    public TopK Selector { get; } = new();

    public int[] Columns { get; } = new int[ContentNeighbours.Maximum];

    public float[] Values { get; } = new float[ContentNeighbours.Maximum];
}

/// <summary>The items that resemble an item most.</summary>
/// <param name="Items">Ascending.</param>
/// <param name="Similarities">From 0 to 1.</param>
internal readonly record struct ContentNeighbours(int[] Items, float[] Similarities)
{
    /// <summary>How many there are at most.</summary>
    public const int Maximum = 30;

    /// <summary>
    /// The neighbours' shares stay below 1 by as much as this many similarities would take away: an item that resembles
    /// others faintly counts less than one that resembles them closely.
    /// </summary>
    private const double Faint = 0.1;
    private const int FaintNeighbours = 10;

    public static readonly ContentNeighbours None = new([], []);

    /// <summary><c>c^p / (10 · 0.1^p + Σ c^p)</c></summary>
    public float[] Shares(double sharpness)
    {
        var shares = Array.ConvertAll(Similarities, one => Math.Pow(one, sharpness));
        var sum = (FaintNeighbours * Math.Pow(Faint, sharpness)) + shares.Sum();
        return Array.ConvertAll(shares, share => (float)(share / sum));
    }
}
