namespace Recommendation.Client;

/// <summary>What became of the events of a call.</summary>
/// <param name="Accepted">New, and on disk.</param>
/// <param name="Duplicates">Known already by their ids.</param>
/// <param name="Rejected">In quarantine, with the reason.</param>
/// <param name="Results">One for each event, in their order.</param>
public sealed record SentEvents(int Accepted, int Duplicates, int Rejected, IReadOnlyList<EventResult> Results);

/// <summary>What became of one event.</summary>
/// <param name="Status"><c>accepted</c>, <c>duplicate</c> or <c>rejected</c>.</param>
/// <param name="EventId">Its id; null if it was rejected.</param>
/// <param name="Reason">Why it was rejected, as a code.</param>
/// <param name="Message">Why it was rejected, as a sentence.</param>
/// <param name="RecommendationIdProblem">Why it counts without its recommendation id, as a code; else null.</param>
public sealed record EventResult(
    string Status, string? EventId, string? Reason, string? Message, string? RecommendationIdProblem);

/// <summary>Which items of a list were on screen.</summary>
/// <param name="UserId">Who saw them.</param>
/// <param name="Items">The ids of the items that were really visible.</param>
public sealed record Impressions(string UserId, IReadOnlyList<string> Items)
{
    /// <summary>The <see cref="RecommendationList.RecommendationId"/> of the list; null for no list.</summary>
    public string? RecommendationId { get; init; }

    /// <summary>When; null for now.</summary>
    public DateTimeOffset? Timestamp { get; init; }
}

/// <summary>What became of impressions.</summary>
/// <param name="Accepted">New, and on disk.</param>
/// <param name="Duplicates">Known already.</param>
/// <param name="Rejected">In quarantine, with the reason.</param>
/// <param name="RecommendationIdProblems">Why impressions count without their list, as codes, and how many.</param>
public sealed record SentImpressions(
    int Accepted, int Duplicates, int Rejected, IReadOnlyDictionary<string, long> RecommendationIdProblems);
