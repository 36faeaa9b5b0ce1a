using Recommendation.Application.Interactions;

namespace Recommendation.AdminApi.Interactions;

/// <summary>What became of the events of a request.</summary>
/// <param name="Accepted">New, and on disk.</param>
/// <param name="Duplicates">Known already by their event ids.</param>
/// <param name="Rejected">In quarantine.</param>
/// <param name="Results">One for each event, in the order of the request.</param>
internal sealed record AppendedDocument(
    int Accepted,
    int Duplicates,
    int Rejected,
    IReadOnlyList<EventResultDocument> Results
)
{
    internal static AppendedDocument From(AppendedInteractions appended) =>
        new(
            appended.Appended,
            appended.Duplicates,
            appended.Rejected.Count,
            [.. appended.Events.Select(EventResultDocument.From)]
        );
}

/// <summary>What became of one event.</summary>
/// <param name="Status"><c>accepted</c>, <c>duplicate</c> or <c>rejected</c>.</param>
/// <param name="EventId">The id, its own or the one it was given; null where it was rejected.</param>
/// <param name="Reason">Why it was rejected, as a code.</param>
/// <param name="Message">Why it was rejected, as a sentence.</param>
/// <param name="RecommendationIdProblem">Why it counts without its recommendation id, as a code; null where that is
/// right, or absent.</param>
internal sealed record EventResultDocument(
    string Status, string? EventId, string? Reason, string? Message, string? RecommendationIdProblem = null)
{
    internal static EventResultDocument From(AppendedEvent appended) => appended switch
    {
        { Rejection: { } rejection } => new("rejected", null, rejection.Code.Value, rejection.Message),
        { IsDuplicate: true } => new("duplicate", appended.EventId?.Value, null, null, appended.IdProblem?.Code),
        _ => new("accepted", appended.EventId?.Value, null, null, appended.IdProblem?.Code),
    };
}
