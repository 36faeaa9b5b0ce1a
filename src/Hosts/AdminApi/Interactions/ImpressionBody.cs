using System.Text.Json.Serialization;
using Recommendation.Application.Interactions;

namespace Recommendation.AdminApi.Interactions;

/// <summary>Which items of a list were on screen.</summary>
/// <param name="UserId">Who saw them.</param>
/// <param name="Items">The ids of the items that were on screen; those that were scrolled past unseen are none.</param>
/// <param name="RecommendationId">The <c>recommendationId</c> of the list; null for items that were shown without
/// one.</param>
/// <param name="Timestamp">When: as in events. The time of arrival if absent.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record ImpressionBody(
    string UserId, IReadOnlyList<string> Items, string? RecommendationId = null, string? Timestamp = null)
{
    internal SeenList ToList() => new(RecommendationId, UserId, Items, Timestamp);
}

/// <summary>What became of the impressions of a request.</summary>
/// <param name="Accepted">New, and on disk.</param>
/// <param name="Duplicates">Known already.</param>
/// <param name="Rejected">In quarantine, with the reason.</param>
/// <param name="RecommendationIdProblems">
/// Why impressions count without their list, as codes, and how many: <c>malformed</c>, <c>unknown-format</c>,
/// <c>unknown-key</c>, <c>bad-signature</c>, <c>other-user</c>.
/// </param>
internal sealed record AppendedImpressionsDocument(
    int Accepted, int Duplicates, int Rejected, IReadOnlyDictionary<string, long> RecommendationIdProblems)
{
    internal static AppendedImpressionsDocument From(AppendedInteractions appended) => new(
        appended.Appended,
        appended.Duplicates,
        appended.Rejected.Count,
        appended.IdProblems.ToDictionary(one => one.Key.Code, one => one.Value, StringComparer.Ordinal));
}
