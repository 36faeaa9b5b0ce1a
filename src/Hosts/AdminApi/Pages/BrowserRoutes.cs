using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using System.Text.RegularExpressions;
using MediatR;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Recommendation.AdminApi.Http;
using Recommendation.AdminApi.Users;
using Recommendation.AdminApi.Workers;
using Recommendation.Domain.Interactions;

namespace Recommendation.AdminApi.Pages;

/// <summary>What pages ask with a browser key, which everybody can read.</summary>
internal static partial class BrowserRoutes
{
    /// <summary>As large as a beacon may be.</summary>
    private const int MaximumBytes = 64 * 1024;

    /// <summary>Attributes of the catalogue are not for everybody; these properties are on any page.</summary>
    private static readonly HashSet<string> s_fields = new(StringComparer.Ordinal)
    {
        "title", "categories", "description", "price", "currency", "imageUrl", "url", "createdAt", "group",
    };

    internal static async Task<JsonHttpResult<SeenDocument>> SeenAsync(
        HttpContext context, IMediator mediator, IProfileFollower follower, TimeProvider time,
        CancellationToken cancellationToken)
    {
        var body = await ReadAsync(context, ApiJson.Default.SeenBody, cancellationToken);
        var user = Visitor(body.AnonymousId);
        var seen = SeenEvents.Of(body, user, time.GetUtcNow());
        var document = await seen.AppendAsync(mediator, cancellationToken);
        follower.Appended([user]);
        return TypedResults.Json(document, ApiJson.Wire.SeenDocument);
    }

    internal static async Task<JsonHttpResult<PageListDocument>> RecommendAsync(
        HttpContext context, IMediator mediator, IProfileFollower follower, TimeProvider time,
        CancellationToken cancellationToken)
    {
        var body = await ReadAsync(context, ApiJson.Default.PageListBody, cancellationToken);
        if (body.Fields?.FirstOrDefault(name => !s_fields.Contains(name)) is { } hidden)
            throw ApiProblem.Wrong(
                $"fields has '{(hidden.Length <= 40 ? hidden : hidden[..40] + "…")}'; pages may ask for "
                    + $"{string.Join(", ", s_fields.Order(StringComparer.Ordinal))}.");
        if (body.AnonymousId is { } visitor)
            await follower.FollowedAsync(Visitor(visitor), cancellationToken);
        var list = await mediator.Send(body.ToBody().ToRequest(time.GetUtcNow()), cancellationToken);
        var fields = body.Fields is { Count: > 0 } names ? ListFields.From(string.Join(',', names)) : null;
        context.Response.Headers.CacheControl = "no-store";
        return TypedResults.Json(
            PageListDocument.From(ListDocument.From(list, explain: false, fields: fields), body.Scenario),
            ApiJson.Wire.PageListDocument);
    }

    /// <summary>
    /// Only ids that nobody can guess: a page must not write to a user, or read a list of one, whose id it knows.
    /// </summary>
    private static UserId Visitor(string id) =>
        AnonymousId().IsMatch(id)
            ? UserId.Parse(id)
            : throw ApiProblem.Wrong("anonymousId is 'anon-' and a random UUID in small letters.");

    /// <summary>Whatever media type the body says: text/plain needs no question before it.</summary>
    private static async Task<T> ReadAsync<T>(
        HttpContext context, JsonTypeInfo<T> type, CancellationToken cancellationToken)
    {
        var bytes = await RequestBody.ReadAllAsync(context, cancellationToken);
        if (bytes.Length > MaximumBytes)
            throw new ApiProblem(
                StatusCodes.Status413PayloadTooLarge, "too-large", $"Send at most {MaximumBytes / 1024} KiB at once.");
        try
        {
            return JsonSerializer.Deserialize(bytes, type) ?? throw ApiProblem.Wrong("The body is null.");
        }
        catch (JsonException problem)
        {
            throw ApiProblem.Wrong($"The body can't be read: {JsonText.Reason(problem)}");
        }
    }

    [GeneratedRegex(
        "^anon-[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\\z",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1_000)]
    private static partial Regex AnonymousId();
}
