using Recommendation.AdminApi.Quarantine;
using Recommendation.Application.Profiles;
using Recommendation.Application.Recommendations;
using Recommendation.Domain;
using Recommendation.Domain.Interactions;

namespace Recommendation.AdminApi.Users;

/// <summary>Everything that is kept of a user, in a form that programs can read.</summary>
internal sealed record ExportDocument(
    ProfileDocument? Profile, RecommendationDocument? List, IReadOnlyList<ExportedEventDocument> Interactions,
    IReadOnlyList<QuarantinedDocument> Quarantined)
{
    internal static ExportDocument From(ExportedUser user) => new(
        user.Profile is { } profile ? ProfileDocument.From(profile) : null,
        user.List is { } list ? RecommendationDocument.From(list) : null,
        [.. user.Interactions.Select(ExportedEventDocument.From)],
        [.. user.Quarantined.Select(QuarantinedDocument.From)]);
}

/// <summary>An event of the log.</summary>
internal sealed record ExportedEventDocument(
    string? EventId, string ItemId, string InteractionType, string Timestamp, double? Value, string ArrivedAt)
{
    internal static ExportedEventDocument From(Interaction interaction) => new(
        interaction.EventId?.Value, interaction.ItemId.Value, interaction.Type.Value, Timestamps.Format(interaction.OccurredAt),
        interaction.Value, Timestamps.Format(interaction.ArrivedAt));
}
