using Recommendation.Application.Ports;
using Recommendation.Domain.Items;
using Recommendation.Domain.Recommendations;
using Recommendation.Modeling.Linear;
using Recommendation.Modeling.Trainers.Content;

namespace Recommendation.Modeling.Serving;

/// <summary>Compares items by the content of the current model.</summary>
internal sealed class ModelContentRanker(NewItems models) : IContentRanker
{
    /// <inheritdoc/>
    public async Task<ContentRanking?> RankAsync(
        IReadOnlyList<CatalogItem> items, int count, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(items);
        var model = await models.GetAsync(version: null, cancellationToken);
        return model?.Postings is null ? null : await Task.Run(() => Rank(model, items, count), cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<IReadOnlyList<string>>> SharedAsync(
        CatalogItem item, IReadOnlyList<CatalogItem> others, int count, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(item);
        ArgumentNullException.ThrowIfNull(others);
        var model = await models.GetAsync(version: null, cancellationToken);
        return model?.Model.Content is not { } content
            ? [.. others.Select(_ => Array.Empty<string>())]
            : [.. others.Select(other => SharedContent.Of(content, item, other, count))];
    }

    private static ContentRanking Rank(RankableModel rankable, IReadOnlyList<CatalogItem> items, int count)
    {
        var (model, postings) = (rankable.Model, rankable.Postings!);
        var sums = new Accumulator(model.Items.Length);
        var vectorizer = new ContentVectorizer(postings.Index);
        foreach (var item in items)
            postings.AddSimilarities(vectorizer.Of(item), postings.Index.Weights, sums);
        foreach (var item in items)
        {
            if (model.TryFind(item.ItemId, out var number))
                sums.Set(number, 0);
        }
        var selector = new TopK();
        selector.Reset(Math.Clamp(count, 1, model.Items.Length), floor: 0);
        sums.OfferTo(selector);
        var ranked = new List<RankedItem>();
        foreach (var key in selector.Best())
            ranked.Add(new(model.Items[TopK.IndexOf(key)], Score.Of(TopK.ValueOf(key) / items.Count)));
        return new(model.Version, RankedItems.FromStored(ranked));
    }
}
