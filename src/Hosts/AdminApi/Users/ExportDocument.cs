using System.Text.Json;
using System.Text.Json.Serialization;
using Recommendation.Application.Profiles;
using Recommendation.Application.Quarantine;
using Recommendation.Application.Recommendations;
using Recommendation.Domain;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Items;
using Recommendation.Domain.Profiles;

namespace Recommendation.AdminApi.Users;

/// <summary>Everything that is kept of a user, in a form that programs can read.</summary>
/// <param name="History">The newest 500 distinct items that the user acted on, newest first.</param>
/// <param name="ActedOnItems">How many items are kept as hashes since the user acted on them;
/// null without a profile.</param>
/// <param name="Attributes">The user's attributes by name.</param>
internal sealed record ExportDocument(
    ProfileDocument? Profile,
    IReadOnlyList<HistoryEntryDocument> History,
    int? ActedOnItems,
    RecommendationDocument? List,
    IReadOnlyList<ExportedEventDocument> Interactions,
    IReadOnlyList<QuarantinedDocument> Quarantined,
    IReadOnlyDictionary<string, JsonElement> Attributes
)
{
    internal static ExportDocument From(ExportedUser user) => new(
        user.Memory is { } memory ? ProfileDocument.From(memory.Profile) : null,
        [.. user.Memory?.History.Select(HistoryEntryDocument.From) ?? []],
        user.Memory?.HashedItems,
        user.List is { } list ? RecommendationDocument.From(list) : null,
        [.. user.Interactions.Select(interaction => ExportedEventDocument.From(interaction, user.Memory?.UserId))],
        [.. user.Quarantined.Select(QuarantinedDocument.From)],
        AttributeJson.ToElements(user.Attributes));
}

/// <summary>All interactions of one type that the user had with an item.</summary>
internal sealed record HistoryEntryDocument(
    string ItemId,
    string InteractionType,
    long Count,
    string Last,
    double? ValueSum
)
{
    internal static HistoryEntryDocument From(HistoryEntry entry) =>
        new(
            entry.ItemId.Value,
            entry.Type.Value,
            entry.Count,
            Timestamps.Format(entry.At),
            entry.Valued > 0 ? entry.ValueSum : null
        );
}

/// <summary>An event of the log.</summary>
/// <param name="UserId">The merged id that it came with; absent where it is the user's own.</param>
internal sealed record ExportedEventDocument(
    string? EventId, string ItemId, string InteractionType, string Timestamp, double? Value, string? Currency,
    string? RecommendationId, string ArrivedAt,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? UserId = null)
{
    internal static ExportedEventDocument From(Interaction interaction, UserId? user) =>
        new(
            interaction.EventId?.Value,
            interaction.ItemId.Value,
            interaction.Type.Value,
            Timestamps.Format(interaction.OccurredAt),
            interaction.Value,
            interaction.Currency?.Value,
            interaction.RecommendationId?.ToString(),
            Timestamps.Format(interaction.ArrivedAt),
            user is null || interaction.UserId == user ? null : interaction.UserId.Value
        );
}
