using System.Text.Json;
using System.Text.Json.Serialization;
using Recommendation.Application.Recommendations;
using Recommendation.Domain;
using Recommendation.Domain.Interactions;

namespace Recommendation.AdminApi.Users;

/// <summary>A list of items, best first.</summary>
/// <param name="UserId">Whose; null where the list is nobody's.</param>
/// <param name="ItemId">To what the items are similar; null otherwise.</param>
/// <param name="Source">Where the first item comes from: <c>batch</c>, <c>realtime</c>, <c>stale</c> or
/// <c>popular</c>.</param>
/// <param name="ModelVersion">The model that ranked it; null where there is none.</param>
/// <param name="LastUpdated">When it was ranked.</param>
/// <param name="RecommendationId">Names the list: send it with impressions and events. Null for previews, and where the
/// platform has no ids.</param>
/// <param name="Recommendations">The items.</param>
/// <param name="Next">The cursor of what follows; null where nothing does.</param>
/// <param name="Scenario">The scenario that the list was asked of; left out if none was named.</param>
internal sealed record ListDocument(
    string? UserId, string? ItemId, string Source, string? ModelVersion, string LastUpdated, string? RecommendationId,
    IReadOnlyList<ListedItemDocument> Recommendations, string? Next = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Scenario = null)
{
    internal static ListDocument From(
        ShownList list, ItemId? similarTo = null, bool explain = true, ListFields? fields = null) => new(
        list.User?.Value, similarTo?.Value, list.Source.ToText(), list.Model?.Value, Timestamps.Format(list.UpdatedAt),
        list.Id?.ToString(),
        [.. list.Items.Select(item => ListedItemDocument.From(item, explain, fields))]);
}

/// <summary>An item of a list.</summary>
/// <param name="Because">The items of the history that contributed most; null where that was not asked for.</param>
/// <param name="Source">Where the item comes from if not from where its list comes from; else left out.</param>
/// <param name="Rules">The rules of the scenario that moved the item; left out if none did.</param>
/// <param name="Fields">What the item has of the fields that were asked for; left out where none were.</param>
internal sealed record ListedItemDocument(
    string ItemId, string? Title, double Score, IReadOnlyList<TitledDocument>? Because,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Source = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<string>? Rules = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    IReadOnlyDictionary<string, JsonElement>? Fields = null)
{
    internal static ListedItemDocument From(ShownItem item, bool explain, ListFields? fields = null) =>
        new(
            item.ItemId.Value,
            item.Title,
            item.Score.Value,
            explain ? [.. item.Because.Select(reason => new TitledDocument(reason.ItemId.Value, reason.Title))] : null,
            item.Source?.ToText(),
            item.Rules.Count > 0 ? item.Rules : null,
            fields?.Of(item.Item)
        );
}

/// <summary>An item and its title, where the catalogue has one.</summary>
internal sealed record TitledDocument(string ItemId, string? Title);
