using Recommendation.Application.Ports;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Items;

namespace Recommendation.Application.Items;

/// <summary>
/// Finds items whose groups contradict each other. A group may be named by the id of its main variant, which may name
/// itself. If that item names another group, and this goes on until it comes back, nobody can say which group it is.
/// </summary>
internal sealed class GroupCycles(IItemCatalog catalog)
{
    private const string Group = "group";

    /// <summary>How many items a chain of groups is followed.</summary>
    private const int MostSteps = 32;

    /// <summary>The group that an item names, if it is the id of an item; null if it is none.</summary>
    private readonly Dictionary<ItemId, ItemId?> _next = [];

    /// <returns>What is wrong with changes, by their place.</returns>
    internal async Task<IReadOnlyDictionary<int, string>> FindAsync(
        IReadOnlyList<ItemChange> changes, bool replaces, CancellationToken cancellationToken)
    {
        var wrong = new Dictionary<int, string>();
        if (!changes.Any(change => GroupOf(change) is not null))
            return wrong;
        foreach (var change in changes)
        {
            if (replaces || change.Values.ContainsKey(Group))
                _next[change.ItemId] = GroupOf(change);
        }
        await LoadAsync(cancellationToken);
        for (var i = 0; i < changes.Count; i++)
        {
            if (GroupOf(changes[i]) is { } group && LeadsBack(changes[i].ItemId))
                wrong[i] = $"Its group is the item '{group}', whose group leads back to it; variants of one product "
                    + "have the same group.";
        }
        return wrong;
    }

    private async Task LoadAsync(CancellationToken cancellationToken)
    {
        for (var step = 0; step < MostSteps; step++)
        {
            var unknown = _next.Values.OfType<ItemId>().Where(item => !_next.ContainsKey(item)).ToHashSet();
            if (unknown.Count == 0)
                return;
            var found = await catalog.FindAsync(unknown, cancellationToken);
            foreach (var item in unknown)
                _next[item] = ItemId.TryParse(found.GetValueOrDefault(item)?.Group);
        }
    }

    private bool LeadsBack(ItemId start)
    {
        var at = _next.GetValueOrDefault(start);
        if (at == start)
            return false;
        for (var step = 0; at is { } item && step < MostSteps; step++)
        {
            if (item == start)
                return true;
            at = _next.GetValueOrDefault(item);
        }
        return false;
    }

    private static ItemId? GroupOf(ItemChange change) =>
        change.Values.GetValueOrDefault(Group) is { Type: AttributeType.Text } value
            ? ItemId.TryParse(value.Text) : null;
}
