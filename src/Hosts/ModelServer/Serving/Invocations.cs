using System.Net.Http.Headers;
using System.Text.Json;
using Recommendation.Modeling.Serving.Json;

namespace Recommendation.ModelServer.Serving;

/// <summary>
/// POST /invocations: JSON is one question, JSON Lines a question a line; the answer is of the same kind.
/// </summary>
internal sealed class Invocations(ServedModel model)
{
    private const string Json = "application/json";

    internal async Task AnswerAsync(HttpContext context)
    {
        if (model.Ranker is not { } ranker)
        {
            await RefuseAsync(
                context,
                StatusCodes.Status503ServiceUnavailable,
                "The model is being loaded; ask again in a moment."
            );
            return;
        }
        if (AreLines(context.Request.ContentType) is not { } lines)
        {
            await RefuseAsync(
                context,
                StatusCodes.Status415UnsupportedMediaType,
                $"'{context.Request.ContentType}' is not read here; send {Json} or application/jsonlines."
            );
            return;
        }
        using var answer = new PooledBuffer(maximum: JsonRanker.MaximumAnswer);
        try
        {
            using var question = await ReadAsync(context.Request, context.RequestAborted);
            if (lines)
                ranker.AnswerLines(question.Written.Span, answer);
            else
                ranker.Answer(question.Written.Span, answer);
        }
        catch (RankRequestException problem)
        {
            await RefuseAsync(context, StatusCodes.Status400BadRequest, problem.Message);
            return;
        }
        catch (RankResponseTooLargeException problem)
        {
            await RefuseAsync(context, StatusCodes.Status413PayloadTooLarge, problem.Message);
            return;
        }
        catch (BadHttpRequestException problem)
        {
            await RefuseAsync(context, problem.StatusCode, problem.Message);
            return;
        }
        context.Response.ContentType = lines ? "application/jsonlines" : Json;
        context.Response.ContentLength = answer.Written.Length;
        await context.Response.Body.WriteAsync(answer.Written, context.RequestAborted);
    }

    /// <returns>Whether the type is that of JSON Lines; null where it is neither that nor JSON's.</returns>
    private static bool? AreLines(string? contentType)
    {
        if (string.IsNullOrEmpty(contentType))
            return false;
        return MediaTypeHeaderValue.TryParse(contentType, out var type)
            ? type.MediaType?.ToLowerInvariant() switch
            {
                Json => false,
                "application/jsonlines"
                or "application/x-jsonlines"
                or "application/x-ndjson"
                or "application/ndjson" => true,
                _ => null,
            }
            : null;
    }

    private static async Task<PooledBuffer> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        // One byte more than is announced, so that the end is seen without growing.
        var body = new PooledBuffer((int)Math.Min(request.ContentLength ?? 0, 1 << 27) + 1);
        try
        {
            while (await request.Body.ReadAsync(body.GetMemory(), cancellationToken) is > 0 and var count)
                body.Advance(count);
            return body;
        }
        catch
        {
            body.Dispose();
            throw;
        }
    }

    private static async Task RefuseAsync(HttpContext context, int status, string reason)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/problem+json";
        using var body = new PooledBuffer();
        await using (var json = new Utf8JsonWriter(body))
        {
            json.WriteStartObject();
            json.WriteNumber("status"u8, status);
            json.WriteString("detail"u8, reason);
            json.WriteEndObject();
        }
        context.Response.ContentLength = body.Written.Length;
        await context.Response.Body.WriteAsync(body.Written, context.RequestAborted);
    }
}
