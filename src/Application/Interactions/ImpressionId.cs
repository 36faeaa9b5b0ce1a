using System.Security.Cryptography;
using System.Text;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Recommendations;

namespace Recommendation.Application.Interactions;

/// <summary>
/// The event id of an impression that has none: an item of a list is on screen once, however often that is reported.
/// </summary>
internal static class ImpressionId
{
    /// <returns>Null for other events, and for impressions of no list.</returns>
    internal static EventId? Of(Interaction interaction) =>
        interaction.Type == InteractionType.Impression && interaction.RecommendationId is { } list
            ? Of(list, interaction.ItemId) : null;

    // An item's id may be as long as an event id may be, so it is hashed.
    private static EventId Of(RecommendationId list, ItemId item) =>
        EventId.FromStored(
            $"impression:{list}:{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(item.Value)).AsSpan(0, 12))}"
        );
}
