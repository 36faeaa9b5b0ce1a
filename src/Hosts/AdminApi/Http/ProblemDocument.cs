using Recommendation.AdminApi.Interactions;

namespace Recommendation.AdminApi.Http;

/// <summary>An error as JSON: problem details of RFC 9457, with the code to decide by and the request's id.</summary>
/// <param name="Type">Names the kind of problem; a URN that ends with the code.</param>
/// <param name="Title">The kind of problem for people.</param>
/// <param name="Status">The HTTP status.</param>
/// <param name="Detail">A sentence that says what to do.</param>
/// <param name="Code">What programs decide by.</param>
/// <param name="RequestId">What to look for in the logs.</param>
/// <param name="Results">What became of each event, where none was valid.</param>
internal sealed record ProblemDocument(
    string Type,
    string Title,
    int Status,
    string Detail,
    string Code,
    string RequestId,
    IReadOnlyList<EventResultDocument>? Results = null
)
{
    internal const string MediaType = "application/problem+json";

    internal static ProblemDocument Of(ApiProblem problem, string requestId) =>
        new(
            $"urn:recommendation:problem:{problem.Code}",
            TitleOf(problem.Status),
            problem.Status,
            problem.Message,
            problem.Code,
            requestId
        )
        {
            Results = problem.Results,
        };

    internal static string TitleOf(int status) =>
        Microsoft.AspNetCore.WebUtilities.ReasonPhrases.GetReasonPhrase(status);
}
