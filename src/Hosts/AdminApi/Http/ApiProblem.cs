using Microsoft.AspNetCore.Http;
using Recommendation.AdminApi.Interactions;

namespace Recommendation.AdminApi.Http;

/// <summary>A request that can't be answered as it was asked. The message is a sentence for the caller.</summary>
internal sealed class ApiProblem(int status, string code, string message) : Exception(message)
{
    internal int Status { get; } = status;

    internal string Code { get; } = code;

    internal int? RetryAfterSeconds { get; init; }

    /// <summary>How to authenticate; null where that is not the problem.</summary>
    internal string? Challenge { get; init; }

    internal IReadOnlyList<EventResultDocument>? Results { get; init; }

    internal static ApiProblem Wrong(string message) => new(StatusCodes.Status400BadRequest, "invalid", message);

    internal static ApiProblem Missing(string message) => new(StatusCodes.Status404NotFound, "not-found", message);

    internal static ApiProblem Refused(string message) => new(StatusCodes.Status409Conflict, "refused", message);

    internal static ApiProblem NotHere(string message) => new(StatusCodes.Status501NotImplemented, "not-here", message);
}
