using System.Text.Json;
using Recommendation.Application.Profiles;
using Recommendation.Application.Recommendations;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Profiles;
using Recommendation.Domain.Recommendations;

namespace Recommendation.Export;

/// <summary>What is exported, as flat tables. Names never change; columns may be added.</summary>
public static class ExportTables
{
    /// <summary>
    /// A row for each interaction, with the names of the event format: <c>ingest</c> reads them back.
    /// </summary>
    public static IReadOnlyList<TableColumn<Interaction>> Interactions { get; } =
    [
        TableColumn.Text<Interaction>("eventId", interaction => interaction.EventId?.Value),
        TableColumn.Text<Interaction>("userId", interaction => interaction.UserId.Value),
        TableColumn.Text<Interaction>("itemId", interaction => interaction.ItemId.Value),
        TableColumn.Text<Interaction>("interactionType", interaction => interaction.Type.Value),
        TableColumn.Time<Interaction>("timestamp", interaction => interaction.OccurredAt),
        TableColumn.Number<Interaction>("value", interaction => interaction.Value),
        TableColumn.Time<Interaction>("arrivedAt", interaction => interaction.ArrivedAt),
        TableColumn.Text<Interaction>("currency", interaction => interaction.Currency?.Value),
        TableColumn.Text<Interaction>("recommendationId", interaction => interaction.RecommendationId?.ToString()),
    ];

    /// <summary>A row for each user; counts and the newest interactions are JSON, as in JSON Lines.</summary>
    public static IReadOnlyList<TableColumn<UserProfile>> Profiles { get; } =
    [
        TableColumn.Text<UserProfile>("userId", profile => profile.UserId.Value),
        TableColumn.Whole<UserProfile>("interactionCount", profile => profile.InteractionCount),
        TableColumn.Time<UserProfile>("firstInteraction", profile => profile.FirstInteraction),
        TableColumn.Time<UserProfile>("lastInteraction", profile => profile.LastInteraction),
        TableColumn.Text<UserProfile>("lastItemId", profile => profile.LastItemId?.Value),
        TableColumn.Text<UserProfile>("counts", profile => MemberOf(profile, "counts")),
        TableColumn.Text<UserProfile>("recent", profile => MemberOf(profile, "recent")),
        TableColumn.Flag<UserProfile>("historyIsComplete", profile => !profile.MissesHistory),
    ];

    /// <summary>
    /// A row for each item of a list, the first item with rank 1; the reasons are a JSON array of items.
    /// </summary>
    public static IReadOnlyList<TableColumn<ListedItem>> Lists { get; } =
    [
        TableColumn.Text<ListedItem>("userId", listed => listed.List.UserId.Value),
        TableColumn.Whole<ListedItem>("rank", listed => listed.Rank),
        TableColumn.Text<ListedItem>("itemId", listed => listed.Item.ItemId.Value),
        TableColumn.Number<ListedItem>("score", listed => listed.Item.Score.Value),
        TableColumn.Text<ListedItem>("because", BecauseOf),
        TableColumn.Text<ListedItem>("itemSource", listed => listed.Item.Source?.ToText()),
        TableColumn.Text<ListedItem>("source", listed => listed.List.Source.ToText()),
        TableColumn.Text<ListedItem>("modelVersion", listed => listed.List.ModelVersion?.Value),
        TableColumn.Text<ListedItem>("runId", listed => listed.List.RunId?.Value),
        TableColumn.Time<ListedItem>("lastUpdated", listed => listed.List.UpdatedAt),
        TableColumn.Whole<ListedItem>("profileVersion", listed => listed.List.ProfileVersion),
    ];

    private static string MemberOf(UserProfile profile, string name) =>
        JsonSerializer
            .SerializeToElement(ProfileDocument.From(profile), ProfileJson.Default.ProfileDocument)
            .GetProperty(name)
            .GetRawText();

    private static string? BecauseOf(ListedItem listed)
    {
        if (listed.Item.Because.Count == 0)
            return null;
        using var json = new MemoryStream();
        using (var writer = new Utf8JsonWriter(json))
        {
            writer.WriteStartArray();
            foreach (var item in listed.Item.Because)
                writer.WriteStringValue(item.Value);
            writer.WriteEndArray();
        }
        return System.Text.Encoding.UTF8.GetString(json.GetBuffer(), 0, (int)json.Length);
    }
}

/// <summary>An item of a list.</summary>
/// <param name="Rank">Its place, from 1.</param>
public sealed record ListedItem(RecommendationList List, int Rank, RankedItem Item)
{
    /// <summary>The items of a list in their order.</summary>
    public static IEnumerable<ListedItem> Of(RecommendationList list)
    {
        ArgumentNullException.ThrowIfNull(list);
        return list.Items.Select((item, index) => new ListedItem(list, index + 1, item));
    }
}
