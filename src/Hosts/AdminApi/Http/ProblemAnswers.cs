using System.Text.Json;
using System.Text.RegularExpressions;
using FluentValidation;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Recommendation.Application.Ports;

namespace Recommendation.AdminApi.Http;

/// <summary>
/// The edge of the host: every failure, and every bare status, becomes problem details. Never a stack trace.
/// </summary>
internal sealed partial class ProblemAnswers(RequestDelegate next, ILogger<ProblemAnswers> logger)
{
    private const int ClientClosedRequest = 499;

    public async Task InvokeAsync(HttpContext context)
    {
        try
        {
            await next(context);
        }
        catch (Exception failure)
        {
            await AnswerAsync(context, failure);
            return;
        }
        if (context.Response is { HasStarted: false, StatusCode: >= 400, ContentType: null })
            await WriteAsync(context, OfStatus(context.Response.StatusCode));
    }

    internal static async Task WriteAsync(HttpContext context, ApiProblem problem)
    {
        var response = context.Response;
        response.StatusCode = problem.Status;
        response.ContentType = ProblemDocument.MediaType;
        response.Headers.CacheControl = "no-store";
        if (problem.RetryAfterSeconds is { } seconds)
            response.Headers.RetryAfter = seconds.ToString(System.Globalization.CultureInfo.InvariantCulture);
        if (problem.Challenge is { } challenge)
            response.Headers.WWWAuthenticate = challenge;
        var document = ProblemDocument.Of(problem, context.TraceIdentifier);
        if (context.RequestServices?.GetService(typeof(ServerPaths)) is ServerPaths paths)
            document = document with { Detail = paths.Hide(document.Detail) };
        await JsonSerializer.SerializeAsync(
            response.Body,
            document,
            ApiJson.Wire.ProblemDocument,
            context.RequestAborted
        );
    }

    private async Task AnswerAsync(HttpContext context, Exception failure)
    {
        if (context.RequestAborted.IsCancellationRequested)
        {
            context.Response.StatusCode = ClientClosedRequest;
            return;
        }
        var problem = Explain(failure);
        // What a route itself says is an answer, not a failure.
        if (problem.Status >= StatusCodes.Status500InternalServerError && failure is not ApiProblem)
            Log(problem, failure);
        if (context.Response.HasStarted)
            context.Abort(); // Half an answer must not look like a whole one.
        else
            await ClearAndWriteAsync(context, problem);
    }

    private static async Task ClearAndWriteAsync(HttpContext context, ApiProblem problem)
    {
        context.Response.Clear();
        RequestLogScope.SetHeaders(context);
        await WriteAsync(context, problem);
    }

    private void Log(ApiProblem problem, Exception failure)
    {
        if (failure is UnavailableException)
            logger.LogWarning("A dependency is unavailable: {Problem}", failure.Message);
        else
            logger.LogError(failure, "A request failed: {Code}", problem.Code);
    }

    internal static ApiProblem Explain(Exception failure) =>
        failure switch
        {
            ApiProblem problem => problem,
            ValidationException => ApiProblem.Wrong(failure.Message),
            BadHttpRequestException bad => OfBadRequest(bad),
            // What the server throws for the size of a chunk that is no number of its range.
            IOException { InnerException: OverflowException } => ApiProblem.Wrong(
                "A chunk of the body has no valid size."
            ),
            RefusedException { IsMissing: true } refusal => ApiProblem.Missing(Hints.Sentence(refusal)),
            RefusedException { IsUnsupported: true } refusal => ApiProblem.NotHere(Hints.Sentence(refusal)),
            RefusedException refusal => ApiProblem.Refused(Hints.Sentence(refusal)),
            UnavailableException => new(StatusCodes.Status503ServiceUnavailable, "unavailable", failure.Message)
            {
                RetryAfterSeconds = 1,
            },
            StoredFormatException => new(StatusCodes.Status500InternalServerError, "format", failure.Message),
            _ => new(
                StatusCodes.Status500InternalServerError,
                "unexpected",
                "This is a defect of the server; its log says more under this request id."
            ),
        };

    private static ApiProblem OfBadRequest(BadHttpRequestException bad) =>
        bad.StatusCode switch
        {
            StatusCodes.Status413PayloadTooLarge => new(
                bad.StatusCode,
                "too-large",
                "The body is too large; send less at once."
            ),
            StatusCodes.Status415UnsupportedMediaType or StatusCodes.Status408RequestTimeout => OfStatus(
                bad.StatusCode
            ),
            _ when bad.InnerException is JsonException json => ApiProblem.Wrong(
                $"The body is not the JSON that this route takes: {JsonText.Reason(json)}"
            ),
            _ => ApiProblem.Wrong(Sentence(bad.Message)),
        };

    /// <param name="status">What the framework or the server answered without a body.</param>
    /// <param name="sentence">What to do, where the status does not say it alone.</param>
    internal static ApiProblem OfStatus(int status, string? sentence = null) =>
        status switch
        {
            StatusCodes.Status408RequestTimeout => new(
                status,
                "too-slow",
                sentence ?? "The body arrived too slowly, at less than 1 KiB a second; send it again."
            ),
            StatusCodes.Status414UriTooLong
            or StatusCodes.Status431RequestHeaderFieldsTooLarge when sentence is not null => new(
                status,
                "too-large",
                sentence
            ),
            StatusCodes.Status400BadRequest when sentence is not null => ApiProblem.Wrong(sentence),
            StatusCodes.Status404NotFound => new(status, "not-found", "There is no such route; see /openapi/v1.json."),
            StatusCodes.Status405MethodNotAllowed => new(
                status,
                "wrong-method",
                "The route does not take this method; see /openapi/v1.json."
            ),
            StatusCodes.Status415UnsupportedMediaType => new(
                status,
                "wrong-media-type",
                "Send the body as application/json."
            ),
            StatusCodes.Status413PayloadTooLarge => new(
                status,
                "too-large",
                "The body is too large; send less at once."
            ),
            _ => new(status, "failed", sentence ?? ProblemDocument.TitleOf(status) + "."),
        };

    private static string Sentence(string message) =>
        BoundParameter().Match(message) is { Success: true } bound
            ? $"{bound.Groups["name"].Value} is '{Short(bound.Groups["value"].Value)}'; give "
                + $"{(IsBoolean(bound) ? "true or false" : "a whole number")}."
        : message.EndsWith('.') ? message
        : message + ".";

    private static bool IsBoolean(Match bound) =>
        bound.Groups["type"].Value.Contains("bool", StringComparison.Ordinal);

    private static string Short(string value) => value.Length <= 40 ? value : value[..40] + "…";

    // What minimal APIs say: Failed to bind parameter "Nullable<int> n" from "x".
    [GeneratedRegex(
        "^Failed to bind parameter \"(?<type>\\S+) (?<name>\\w+)\" from \"(?<value>.*?)\"?\\.?$",
        RegexOptions.ExplicitCapture | RegexOptions.Singleline,
        matchTimeoutMilliseconds: 1_000
    )]
    private static partial Regex BoundParameter();
}
