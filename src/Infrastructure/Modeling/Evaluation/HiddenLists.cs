using Recommendation.Domain.Interactions;
using Recommendation.Domain.Recommendations;
using Recommendation.Modeling.Artefacts;

namespace Recommendation.Modeling.Evaluation;

/// <summary>Numbers hidden items from 0, the newest first, and all others beyond them.</summary>
internal sealed class HiddenLists
{
    private readonly Dictionary<ItemId, int> _numbers;
    private readonly ItemModel _model;

    public HiddenLists(ItemModel model, ItemId[] hidden)
    {
        _model = model;
        _numbers = hidden.Index().ToDictionary(one => one.Item, one => one.Index);
    }

    public int Count => _numbers.Count;

    public int NumberOf(string hidden) => _numbers[ItemId.FromStored(hidden)];

    public int[] NumbersOf(RankedItems items) => [.. items.Select(item => NumberOf(item.ItemId))];

    private int NumberOf(ItemId item)
    {
        if (_numbers.TryGetValue(item, out var hidden))
            return hidden;
        _model.TryFind(item, out var known);
        return Count + known;
    }
}
