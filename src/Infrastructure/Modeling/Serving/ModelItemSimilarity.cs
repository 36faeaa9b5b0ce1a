using Recommendation.Application.Ports;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Scenarios;
using Recommendation.Modeling.Artefacts;

namespace Recommendation.Modeling.Serving;

/// <summary>Compares items by their rows in the model.</summary>
internal sealed class ModelItemSimilarity(NewItems models) : IItemSimilarity
{
    /// <inheritdoc/>
    public async Task<ItemSimilarities> CompareAsync(
        IReadOnlyList<ItemId> items, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(items);
        return await models.GetAsync(version: null, cancellationToken) is { } rankable
            ? Compare(rankable.Model, items) : ItemSimilarities.None;
    }

    private static ItemSimilarities Compare(ItemModel model, IReadOnlyList<ItemId> items)
    {
        var numbers = new Dictionary<int, ItemId>(items.Count);
        foreach (var item in items)
        {
            if (model.TryFind(item, out var number))
                numbers[number] = item;
        }
        var similarities = new ItemSimilarities();
        foreach (var (number, item) in numbers)
        {
            var columns = model.Weights.ColumnsOf(number);
            var values = model.Weights.ValuesOf(number);
            var greatest = Half.Zero;
            foreach (var value in values)
                greatest = Half.Max(greatest, value);
            for (var at = 0; at < columns.Length; at++)
            {
                if (values[at] > Half.Zero && numbers.TryGetValue(columns[at], out var other))
                    similarities.Add(item, other, Math.Min(1, (double)values[at] / (double)greatest));
            }
        }
        return similarities;
    }
}
