using Recommendation.Domain.Items;
using Recommendation.Modeling.Artefacts;
using Recommendation.Modeling.Trainers.Content;

namespace Recommendation.Modeling.Serving;

/// <summary>Adds items to a model by their content, as a training would.</summary>
internal static class ModelExtension
{
    /// <param name="rankable">The model; it has content.</param>
    /// <param name="items">Items that it does not know; those without features that it knows are left out.</param>
    /// <param name="threads">The maximum number of threads.</param>
    /// <param name="cancellationToken">Cancels the work.</param>
    /// <returns>The new items have the last numbers; all others keep theirs.</returns>
    public static RankableModel Of(
        RankableModel rankable, IReadOnlyList<CatalogItem> items, int threads, CancellationToken cancellationToken)
    {
        var (model, postings) = (rankable.Model, rankable.Postings!);
        var vectorizer = new ContentVectorizer(postings.Index);
        var described = items.Select(item => (item.ItemId, Vector: vectorizer.Of(item)))
            .Where(item => !item.Vector.IsEmpty).ToArray();
        if (described.Length == 0)
            return rankable;
        var space = new ContentSpace(model.Items.Length);
        var placed = described
            .Select((item, at) => (model.Items.Length + at, postings.Nearest(item.Vector, without: -1, space)))
            .ToArray();
        var neighbours = (int)model.Manifest.Parameters[ParameterNames.Neighbours];
        var weights = new ContentPlacement(model.ContentParameters!, neighbours, threads).Extend(
            model.Weights,
            model.Weights.MeanRowMaximum(),
            [.. Enumerable.Range(0, model.Items.Length)],
            model.Items.Length + described.Length,
            placed,
            cancellationToken);
        return new RankableModel(model.With(
            Array.ConvertAll(described, item => item.ItemId),
            weights,
            postings.Index.With(Array.ConvertAll(described, item => item.Vector))));
    }
}
