using Recommendation.Modeling.Artefacts;
using Recommendation.Modeling.Scoring;
using Recommendation.Modeling.Trainers.Content;

namespace Recommendation.Modeling.Serving;

/// <summary>A model, the scorer that keeps its working memory, its popular items and its content.</summary>
internal sealed class RankableModel(ItemModel model)
{
    private readonly Lazy<ContentPostings?> _postings = new(() =>
        model.Content is { } content ? new ContentPostings(content, targets: null) : null);

    public ItemModel Model { get; } = model;

    public ItemScorer Scorer { get; } = new(model);

    public PopularItems Popular { get; } = new(
        Array.ConvertAll(model.ByPopularity, item => model.Items[item]),
        Array.ConvertAll(model.ByPopularity, item => model.Popularity[item]));

    /// <summary>The items by what they say of themselves; made when it is first needed. Null without content.</summary>
    public ContentPostings? Postings => _postings.Value;
}
