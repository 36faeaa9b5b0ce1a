using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Polly;

namespace Recommendation.Client.Calls;

/// <summary>Sends calls, reads their answers, and makes exceptions of what went wrong.</summary>
internal sealed class ApiCalls(HttpClient http)
{
    internal const string IdempotencyKey = "Idempotency-Key";

    internal Task<T> GetAsync<T>(
        string operation, string path, JsonTypeInfo<T> answer, CancellationToken cancellationToken) =>
        CallAsync(operation, HttpMethod.Get, path, body: null, answer, cancellationToken);

    internal async Task<T> CallAsync<T>(
        string operation, HttpMethod method, string path, byte[]? body, JsonTypeInfo<T> answer,
        CancellationToken cancellationToken, string? key = null)
    {
        var bytes = await BytesAsync(operation, method, path, body, cancellationToken, key);
        try
        {
            return JsonSerializer.Deserialize(bytes.Body, answer) ?? throw new JsonException("The answer is null.");
        }
        catch (JsonException problem)
        {
            throw new RecommendationApiException(
                $"The answer of {operation} can't be read: {problem.Message} Is BaseAddress the address of the API, "
                    + "and the API not older than this client?",
                ApiProblem.NotTheApi,
                problem)
            {
                Status = bytes.Status,
            };
        }
    }

    /// <summary>Sends a call; the answer is a success.</summary>
    internal async Task<ApiAnswer> BytesAsync(
        string operation, HttpMethod method, string path, byte[]? body, CancellationToken cancellationToken,
        string? key = null)
    {
        using var activity = ClientTelemetry.Start(operation);
        var started = Stopwatch.GetTimestamp();
        string? error = null;
        try
        {
            return await SendAsync(operation, method, path, body, key, cancellationToken);
        }
        catch (RecommendationApiException problem)
        {
            error = problem.Code;
            activity?.SetTag("error.type", error);
            activity?.SetStatus(ActivityStatusCode.Error, problem.Message);
            throw;
        }
        finally
        {
            ClientTelemetry.Called(operation, Stopwatch.GetElapsedTime(started), error);
        }
    }

    private async Task<ApiAnswer> SendAsync(
        string operation, HttpMethod method, string path, byte[]? body, string? key,
        CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, path);
        if (body is not null)
        {
            request.Content = new ByteArrayContent(body);
            request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        }
        if (key is not null)
            request.Headers.Add(IdempotencyKey, key);
        try
        {
            using var response = await http.SendAsync(request, cancellationToken);
            if (!response.IsSuccessStatusCode)
                throw await ApiProblem.OfAsync(response, cancellationToken);
            return new ApiAnswer(
                response.StatusCode,
                response.Headers.Location,
                await response.Content.ReadAsByteArrayAsync(cancellationToken));
        }
        catch (HttpRequestException problem)
        {
            throw new RecommendationApiException(
                $"{http.BaseAddress} does not answer {operation}: {problem.Message} Is the API running there?",
                "unreachable",
                problem);
        }
        catch (Exception problem) when (IsTimeout(problem, cancellationToken))
        {
            throw new RecommendationApiException(
                $"{http.BaseAddress} did not answer {operation} in time, or failed too often just now: "
                    + $"{problem.Message} Try again later, or raise Timeout.",
                "timeout",
                problem);
        }
    }

    private static bool IsTimeout(Exception problem, CancellationToken cancellationToken) =>
        problem is ExecutionRejectedException
        || (problem is OperationCanceledException && !cancellationToken.IsCancellationRequested);
}

/// <summary>A successful answer.</summary>
internal readonly record struct ApiAnswer(HttpStatusCode Status, Uri? Location, byte[] Body);
