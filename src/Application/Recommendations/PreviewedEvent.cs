using Recommendation.Domain.Interactions;
using Recommendation.Domain.Models;

namespace Recommendation.Application.Recommendations;

/// <summary>A user's list as it is, and as it would be after one more event.</summary>
/// <param name="User">The user.</param>
/// <param name="Item">The event's item, with its title where the catalogue has one.</param>
/// <param name="Type">The event's type.</param>
/// <param name="Model">The model that ranked both; null where there is none yet.</param>
/// <param name="Before">The list as it is, best first.</param>
/// <param name="After">The list as it would be, best first.</param>
/// <param name="Changes">Every item of either list: first those of the new list in its order, then
/// those that would leave.</param>
public sealed record PreviewedEvent(
    UserId User,
    TitledItem Item,
    InteractionType Type,
    ModelVersion? Model,
    IReadOnlyList<ShownItem> Before,
    IReadOnlyList<ShownItem> After,
    IReadOnlyList<PlaceChange> Changes
)
{
    internal static IReadOnlyList<PlaceChange> Compare(IReadOnlyList<ShownItem> before, IReadOnlyList<ShownItem> after)
    {
        var (places, next) = (Places(before), Places(after));
        return
        [
            .. after.Select(
                (item, at) =>
                    new PlaceChange(
                        new(item.ItemId, item.Title),
                        places.TryGetValue(item.ItemId, out var place) ? place : null,
                        at + 1
                    )
            ),
            .. before
                .Where(item => !next.ContainsKey(item.ItemId))
                .Select(item => new PlaceChange(new(item.ItemId, item.Title), places[item.ItemId], null)),
        ];
    }

    private static Dictionary<ItemId, int> Places(IReadOnlyList<ShownItem> items) =>
        items.Select((item, at) => (item.ItemId, Place: at + 1)).ToDictionary(pair => pair.ItemId, pair => pair.Place);
}

/// <summary>An item's place in both lists.</summary>
/// <param name="From">Its place before, from 1; null where it would enter.</param>
/// <param name="To">Its place afterwards, from 1; null where it would leave.</param>
public sealed record PlaceChange(TitledItem Item, int? From, int? To);
