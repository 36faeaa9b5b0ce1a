namespace Recommendation.Modeling.Trainers.Content;

/// <summary>
/// What the items of a model say of themselves, as TF-IDF vectors over hashed features. The vector of each kind has the
/// norm 1, so the product of two items in one kind is a cosine. Enough is kept to place an item that comes later.
/// </summary>
/// <param name="Kinds">The kinds.</param>
/// <param name="Weights">a, by kind: how much it says, learned from the interactions; they add up to 1.</param>
/// <param name="Hashes">The features, ascending.</param>
/// <param name="FeatureKinds">The kind of each feature.</param>
/// <param name="Rarities">The inverse document frequency of each feature; 0 for those that are too frequent.</param>
/// <param name="Offsets">Where the entries of each item begin; one more than there are items.</param>
/// <param name="Features">The feature of each entry, ascending within an item.</param>
/// <param name="Values">The value of each entry.</param>
internal sealed record ContentIndex(
    ContentKind[] Kinds,
    float[] Weights,
    ulong[] Hashes,
    byte[] FeatureKinds,
    float[] Rarities,
    int[] Offsets,
    int[] Features,
    Half[] Values
)
{
    /// <summary>How many features an item keeps at most: those with the greatest values.</summary>
    public const int MaximumFeatures = 128;

    /// <summary>How many kinds there are at most, the most frequent ones.</summary>
    public const int MaximumKinds = 96;

    /// <summary>How many features there are at most, the most frequent ones.</summary>
    public const int MaximumVocabulary = 1_000_000;

    public int Items => Offsets.Length - 1;

    public bool IsEmpty(int item) => Offsets[item] == Offsets[item + 1];

    public ReadOnlySpan<int> FeaturesOf(int item) => Features.AsSpan(Offsets[item]..Offsets[item + 1]);

    public ReadOnlySpan<Half> ValuesOf(int item) => Values.AsSpan(Offsets[item]..Offsets[item + 1]);

    /// <summary>The vector of an item of the model.</summary>
    public ContentVector VectorOf(int item) =>
        new(FeaturesOf(item).ToArray(), Array.ConvertAll(ValuesOf(item).ToArray(), value => (float)value));

    /// <summary>The rarity of a feature that no item of the model has: as of one that a single item has.</summary>
    public double UnknownRarity => Math.Log(Math.Max(2, Items));

    /// <summary>The same vocabulary with some of the items only, numbered anew in their order.</summary>
    public ContentIndex Of(int[] items)
    {
        var offsets = new int[items.Length + 1];
        for (var at = 0; at < items.Length; at++)
            offsets[at + 1] = offsets[at] + FeaturesOf(items[at]).Length;
        return this with
        {
            Offsets = offsets,
            Features = [.. items.SelectMany(item => FeaturesOf(item).ToArray())],
            Values = [.. items.SelectMany(item => ValuesOf(item).ToArray())],
        };
    }

    /// <summary>The same vocabulary with more items, which have the last numbers.</summary>
    public ContentIndex With(ContentVector[] more)
    {
        var offsets = new int[Offsets.Length + more.Length];
        Offsets.CopyTo(offsets, 0);
        for (var at = 0; at < more.Length; at++)
            offsets[Offsets.Length + at] = offsets[Offsets.Length + at - 1] + more[at].Features.Length;
        return this with
        {
            Offsets = offsets,
            Features = [.. Features, .. more.SelectMany(vector => vector.Features)],
            Values = [.. Values, .. more.SelectMany(vector => vector.Values.Select(value => (Half)value))],
        };
    }

    public int FindFeature(ulong hash) => Hashes.AsSpan().BinarySearch(hash);

    public int FindKind(string name) =>
        Array.FindIndex(Kinds, kind => string.Equals(kind.Name, name, StringComparison.Ordinal));
}

/// <summary>The features of one item that an index knows.</summary>
/// <param name="Features">Ascending.</param>
/// <param name="Values">The value of each.</param>
internal readonly record struct ContentVector(int[] Features, float[] Values)
{
    public bool IsEmpty => Features.Length == 0;
}
