using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Recommendation.Client.Calls;

namespace Recommendation.Client.Writing;

/// <summary>How an attempt to send a batch ended.</summary>
/// <param name="Problem">Why it is to be repeated; null if every event is acknowledged or rejected.</param>
/// <param name="RetryAfter">How long the API asks to wait.</param>
internal readonly record struct Attempt(string? Problem, TimeSpan? RetryAfter = null)
{
    internal bool IsSettled => Problem is null;
}

/// <summary>
/// Sends a batch once. Only what the API itself says of the events rejects them; everything else is to be repeated,
/// also after a wrong key or address.
/// </summary>
internal sealed class BatchDelivery(HttpClient http, EventOutcomes outcomes, ILogger logger)
{
    private static readonly MediaTypeHeaderValue s_json = new("application/json");

    /// <summary>Sends the batch; every failure is an attempt that is to be repeated.</summary>
    internal async Task<Attempt> AttemptAsync(EventBatch batch, CancellationToken cancellationToken)
    {
        try
        {
            return await SendAsync(batch, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            return new Attempt("The writer was stopped.");
        }
        catch (Exception problem)
        {
            // The edge of the loop: an unforeseen failure must not end it, or lose the batch.
            logger.LogError(problem, "A batch of events could not be sent");
            return new Attempt(problem.Message);
        }
    }

    private async Task<Attempt> SendAsync(EventBatch batch, CancellationToken cancellationToken)
    {
        try
        {
            while (true)
            {
                using var request = new HttpRequestMessage(HttpMethod.Post, "v1/interactions");
                request.Content = new ByteArrayContent(batch.Body);
                request.Content.Headers.ContentType = s_json;
                request.Headers.Add(ApiCalls.IdempotencyKey, batch.CurrentKey);
                using var response = await http.SendAsync(request, cancellationToken);
                var body = await response.Content.ReadAsByteArrayAsync(cancellationToken);
                if (response.StatusCode == HttpStatusCode.OK)
                    return Accepted(batch, body);
                var problem = ApiProblem.Read(body);
                if (problem is { Code: "in-progress" or "key-reused" } && batch.Generation < 3)
                {
                    batch.Generation++;
                    continue;
                }
                return await RefusedAsync(batch, response, problem, cancellationToken);
            }
        }
        catch (HttpRequestException problem)
        {
            return new Attempt($"{http.BaseAddress} does not answer: {problem.Message}");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new Attempt($"{http.BaseAddress} did not answer within {http.Timeout.TotalSeconds} s.");
        }
    }

    private Attempt Accepted(EventBatch batch, byte[] body)
    {
        try
        {
            var counts = AnswerCounts.Read(body);
            if (counts.Accepted + counts.Duplicates + counts.Rejected != batch.Count)
                return new Attempt($"The answer of {http.BaseAddress} is about another number of events.");
            if (counts.Rejected > 0)
                outcomes.Rejected(batch, JsonSerializer.Deserialize(body, ClientJson.Default.SentEvents)!.Results);
            outcomes.Delivered(counts.Accepted, counts.Duplicates);
            return default;
        }
        catch (JsonException)
        {
            return new Attempt(
                $"{http.BaseAddress} gave an answer that is not the API's. Is BaseAddress the address of the API?");
        }
    }

    private async Task<Attempt> RefusedAsync(
        EventBatch batch, HttpResponseMessage response, ProblemDocument? problem, CancellationToken cancellationToken)
    {
        switch (problem)
        {
            case { Code: "rejected", Results: { } results } when results.Count == batch.Count:
                outcomes.Rejected(batch, results);
                return default;
            case { Code: "invalid" or "too-large" or "rejected" } when batch.Count > 1:
                return await HalvesAsync(batch, cancellationToken);
            case { Code: "invalid" or "too-large" or "rejected" }:
                outcomes.Rejected(batch, [new EventResult("rejected", null, problem.Code, problem.Detail, null)]);
                return default;
            default:
                var refused = ApiProblem.Of(response, problem);
                return new Attempt($"{(int)response.StatusCode} {refused.Code}: {refused.Message}", refused.RetryAfter);
        }
    }

    /// <summary>
    /// The API does not say which event it can't take, so the batch is divided until it is alone. The parts have keys
    /// of their own, which are the same each time.
    /// </summary>
    private async Task<Attempt> HalvesAsync(EventBatch batch, CancellationToken cancellationToken)
    {
        var half = batch.Count / 2;
        var first = BatchParts.Of(batch, 0, half);
        var attempt = await SendAsync(first, cancellationToken);
        return attempt.IsSettled
            ? await SendAsync(BatchParts.Of(batch, half, batch.Count), cancellationToken)
            : attempt;
    }
}
