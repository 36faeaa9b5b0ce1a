using Recommendation.Application.Ports;
using Recommendation.Domain;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Items;

namespace Recommendation.Modeling.Evaluation;

/// <summary>
/// A log without all interactions with a seeded share of the items, and the users who came to those items: what has to
/// be found by content alone.
/// </summary>
/// <param name="Visible">The interactions with the other items.</param>
/// <param name="Hidden">The hidden items, the newest first: by the time of creation in the catalogue, else by their
/// first interaction.</param>
/// <param name="Relevant">By user, the hidden items that the user came to.</param>
internal sealed record ColdSplit(
    List<Interaction> Visible, ItemId[] Hidden, IReadOnlyDictionary<UserId, string[]> Relevant)
{
    private const int Parts = 10_000;

    /// <param name="interactions">The log.</param>
    /// <param name="items">The catalogue.</param>
    /// <param name="share">What share of the items is hidden.</param>
    /// <param name="types">Tell what a positive interaction is.</param>
    /// <exception cref="RefusedException">Nothing is hidden.</exception>
    public static ColdSplit Of(
        List<Interaction> interactions,
        IReadOnlyList<CatalogItem> items,
        double share,
        EventTypeSettings types)
    {
        var parts = interactions.ToLookup(one => IsHidden(one.ItemId, share));
        var created = items.Where(item => item.CreatedAt is not null)
            .GroupBy(item => item.ItemId).ToDictionary(item => item.Key, item => item.Last().CreatedAt!.Value);
        var first = parts[true].GroupBy(one => one.ItemId)
            .ToDictionary(item => item.Key, item => item.Min(one => one.OccurredAt));
        if (first.Count == 0)
            throw new RefusedException($"A share of {share:0.####} of the items hides none; give a larger one.");
        return new(
            [.. parts[false]],
            [
                .. first.OrderByDescending(item => created.GetValueOrDefault(item.Key, item.Value))
                    .ThenBy(item => item.Key).Select(item => item.Key),
            ],
            parts[true].Where(one => types.WeightOf(one.Type, one.Value) > 0).GroupBy(one => one.UserId)
                .ToDictionary(
                    user => user.Key,
                    user => user.Select(one => one.ItemId.Value).Distinct(StringComparer.Ordinal).ToArray()));
    }

    private static bool IsHidden(ItemId item, double share) =>
        StableHash.Of($"cold:{item.Value}") % Parts < share * Parts;
}
