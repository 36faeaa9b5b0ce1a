using Recommendation.Modeling.Artefacts;
using Recommendation.Modeling.Scoring;

namespace Recommendation.Modeling.Serving;

/// <summary>A model, the scorer that keeps its working memory, and its popular items.</summary>
internal sealed class RankableModel(ItemModel model)
{
    public ItemModel Model { get; } = model;

    public ItemScorer Scorer { get; } = new(model);

    public PopularItems Popular { get; } = new(
        Array.ConvertAll(model.ByPopularity, item => model.Items[item]),
        Array.ConvertAll(model.ByPopularity, item => model.Popularity[item]));
}
