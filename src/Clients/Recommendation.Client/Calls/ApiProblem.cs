using System.Net;
using System.Text.Json;

namespace Recommendation.Client.Calls;

/// <summary>Problem details as the API writes them.</summary>
internal sealed record ProblemDocument(
    string? Detail, string? Code, string? RequestId, IReadOnlyList<EventResult>? Results);

/// <summary>Makes exceptions of answers.</summary>
internal static class ApiProblem
{
    internal const string NotTheApi = "not-the-api";

    internal static async Task<RecommendationApiException> OfAsync(
        HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var problem = Read(await response.Content.ReadAsByteArrayAsync(cancellationToken));
        return Of(response, problem);
    }

    internal static RecommendationApiException Of(HttpResponseMessage response, ProblemDocument? problem)
    {
        var status = response.StatusCode;
        var code = problem?.Code ?? NotTheApi;
        var what = problem?.Detail ?? $"{response.RequestMessage?.RequestUri?.GetLeftPart(UriPartial.Authority)} "
            + $"answered {(int)status} without problem details. Is BaseAddress the address of the API?";
        return new RecommendationApiException($"{what}{Hint(status, code)}", code)
        {
            Status = status,
            RequestId = problem?.RequestId,
            RetryAfter = RetryAfter(response),
            Results = problem?.Results ?? [],
        };
    }

    /// <summary>The problem; null if the bytes are none.</summary>
    internal static ProblemDocument? Read(ReadOnlySpan<byte> bytes)
    {
        try
        {
            return JsonSerializer.Deserialize(bytes, ClientJson.Default.ProblemDocument) is { Code: not null } problem
                ? problem
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    internal static TimeSpan? RetryAfter(HttpResponseMessage response) => response.Headers.RetryAfter switch
    {
        { Delta: { } delta } => delta,
        { Date: { } date } when response.Headers.Date is { } now => date > now ? date - now : TimeSpan.Zero,
        _ => null,
    };

    private static string Hint(HttpStatusCode status, string code) => (status, code) switch
    {
        (HttpStatusCode.Unauthorized, _) => " Set ApiKey to a key of `recommend keys create`.",
        (HttpStatusCode.Forbidden, "role-needed") => " Use a key of that role.",
        (HttpStatusCode.TooManyRequests, _) => " Call less often, or send more events in one call.",
        _ => "",
    };
}
