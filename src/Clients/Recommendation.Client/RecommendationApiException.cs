using System.Net;

namespace Recommendation.Client;

/// <summary>The API refused, failed or did not answer. The message says what happened and what to do.</summary>
public sealed class RecommendationApiException : Exception
{
    internal RecommendationApiException(string message, string code, Exception? inner = null) : base(message, inner) =>
        Code = code;

    /// <summary>The status of the answer; null if there was none.</summary>
    public HttpStatusCode? Status { get; internal init; }

    /// <summary>
    /// What to decide by: a code of the API, such as <c>not-found</c>; <c>unreachable</c> or <c>timeout</c> without an
    /// answer, <c>not-the-api</c> if something else answered.
    /// </summary>
    public string Code { get; }

    /// <summary>What to look for in the logs of the API; null if there was no answer.</summary>
    public string? RequestId { get; internal init; }

    /// <summary>How long to wait before the call is repeated; null if the API did not say.</summary>
    public TimeSpan? RetryAfter { get; internal init; }

    /// <summary>What became of each event, if none of a call was valid.</summary>
    public IReadOnlyList<EventResult> Results { get; internal init; } = [];
}
