using System.Text.Json.Serialization;

namespace Recommendation.Client;

/// <summary>A list of items, best first.</summary>
/// <param name="UserId">Whose; null if the list is nobody's.</param>
/// <param name="Source">Where the first item comes from: <c>batch</c>, <c>realtime</c>, <c>stale</c> or
/// <c>popular</c>.</param>
/// <param name="ModelVersion">The model that ranked it; null if there is none.</param>
/// <param name="LastUpdated">When it was ranked.</param>
/// <param name="RecommendationId">Names the list: send it with impressions and events. Null for previews, and if the
/// platform has no ids.</param>
/// <param name="Items">The items.</param>
/// <param name="Next">What to ask for the next page with; null after the last one.</param>
/// <param name="Scenario">The scenario that the list was asked of; null if none was named.</param>
public sealed record RecommendationList(
    string? UserId,
    string Source,
    string? ModelVersion,
    DateTimeOffset LastUpdated,
    string? RecommendationId,
    [property: JsonPropertyName("recommendations")] IReadOnlyList<RecommendedItem> Items,
    string? Next = null,
    string? Scenario = null);

/// <summary>An item of a list.</summary>
/// <param name="Score">Comparable within one source.</param>
/// <param name="Because">The items of the history that contributed most; null if that was not asked for.</param>
/// <param name="Source">Where the item comes from, if not from where its list comes from.</param>
/// <param name="Rules">The rules of the scenario that moved the item.</param>
/// <param name="Fields">What the item has of the fields that were asked for.</param>
public sealed record RecommendedItem(
    string ItemId,
    string? Title,
    double Score,
    IReadOnlyList<TitledItem>? Because,
    string? Source = null,
    IReadOnlyList<string>? Rules = null,
    IReadOnlyDictionary<string, AttributeValue>? Fields = null);

/// <summary>An item and its title, if the catalogue has one.</summary>
public sealed record TitledItem(string ItemId, string? Title);
