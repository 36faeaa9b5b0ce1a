using Recommendation.Domain.Interactions;
using Recommendation.Domain.Models;
using Recommendation.Modeling.Linear;
using Recommendation.Modeling.Trainers.Content;

namespace Recommendation.Modeling.Artefacts;

/// <summary>A model in memory.</summary>
internal sealed class ItemModel
{
    private readonly Dictionary<ItemId, int> _numbers;

    public ItemModel(ModelManifest manifest, ItemId[] items, ItemWeights weights, float[] popularity)
    {
        (Manifest, Items, Weights, Popularity) = (manifest, items, weights, popularity);
        Version = ModelVersion.Parse(manifest.ModelVersion);
        Scoring = ScoringParameters.From(manifest);
        EventTypes = manifest.EventTypes is { } types
            ? ManifestEventType.ToSettings(types)
            : EventTypeSettings.BeforeRecorded;
        _numbers = new Dictionary<ItemId, int>(items.Length);
        for (var item = 0; item < items.Length; item++)
            _numbers.Add(items[item], item);
        ByPopularity = Order(popularity);
    }

    public ModelManifest Manifest { get; }

    public ModelVersion Version { get; }

    public ScoringParameters Scoring { get; }

    /// <summary>What each type of event meant in the training, and so what the events of a history weigh.</summary>
    public EventTypeSettings EventTypes { get; }

    /// <summary>
    /// The items in ordinal order of their ids, then those that were added later; an item's number is its place here.
    /// </summary>
    public ItemId[] Items { get; }

    public ItemWeights Weights { get; }

    /// <summary>By item, 1 for the most popular.</summary>
    public float[] Popularity { get; }

    /// <summary>The items with any popularity, the most popular first.</summary>
    public int[] ByPopularity { get; }

    /// <summary>What the items say of themselves; null where the model has no content.</summary>
    public ContentIndex? Content { get; private init; }

    /// <summary>How content counts; null where the model has none.</summary>
    public ContentParameters? ContentParameters { get; private init; }

    /// <summary>The same model with content.</summary>
    /// <exception cref="InvalidDataException">The manifest does not say how content counts.</exception>
    public ItemModel With(ContentIndex content) => new(Manifest, Items, Weights, Popularity)
    {
        Content = content,
        ContentParameters = ScoringParameters.ContentOf(Manifest.Parameters)
            ?? throw new InvalidDataException("The manifest does not say how content counts."),
    };

    /// <summary>The same model with more items, which have the last numbers and no popularity.</summary>
    /// <param name="more">The items.</param>
    /// <param name="weights">Of all items.</param>
    /// <param name="content">Of all items.</param>
    public ItemModel With(ItemId[] more, ItemWeights weights, ContentIndex content) =>
        new(Manifest, [.. Items, .. more], weights, [.. Popularity, .. new float[more.Length]])
        {
            Content = content,
            ContentParameters = ContentParameters,
        };

    public bool TryFind(ItemId id, out int item) => _numbers.TryGetValue(id, out item);

    /// <summary>
    /// What an item of a history adds to the score of another item, or to its own, per unit of its
    /// weight in the history.
    /// </summary>
    public double WeightOf(int source, int target)
    {
        var at = Weights.ColumnsOf(source).BinarySearch(target);
        return (at < 0 ? 0 : (double)Weights.ValuesOf(source)[at] / Weights.Scale)
            + (source == target ? Scoring.RepeatBonus : 0);
    }

    private static int[] Order(float[] popularity)
    {
        var order = new List<int>(popularity.Length);
        for (var item = 0; item < popularity.Length; item++)
        {
            if (popularity[item] > 0)
                order.Add(item);
        }
        order.Sort(
            (one, other) =>
                popularity[other].CompareTo(popularity[one]) is not 0 and var byPopularity
                    ? byPopularity
                    : one.CompareTo(other)
        );
        return [.. order];
    }
}
