using System.Globalization;
using System.Security.Cryptography;
using MediatR;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Recommendation.AdminApi.Http;
using Recommendation.AdminApi.Workers;
using Recommendation.Application.Interactions;
using Recommendation.Domain.Interactions;

namespace Recommendation.AdminApi.Interactions;

/// <summary>Takes events in: one, or an array of up to 500.</summary>
internal static class InteractionRoutes
{
    internal const int MaximumEvents = 500;

    internal static async Task<JsonHttpResult<AppendedDocument>> PostAsync(
        HttpContext context, IMediator mediator, IProfileFollower follower, CancellationToken cancellationToken)
    {
        var body = await RequestBody.ReadJsonAsync(context, cancellationToken);
        var events = Read(body, Idempotency.KeyOf(context));
        Idempotency.IsAbout(context, events.Select(one => UserId.TryParse(one.Event.UserId)).OfType<UserId>());
        var appended = await mediator.Send(new AppendInteractions(events), cancellationToken);
        follower.Appended(Users(events, appended));
        var document = AppendedDocument.From(appended);
        if (appended is { Appended: 0, Duplicates: 0 })
            throw new ApiProblem(
                StatusCodes.Status422UnprocessableEntity,
                "rejected",
                "No event is valid; each is in quarantine with its reason."
            )
            {
                Results = document.Results,
            };
        return TypedResults.Json(document, ApiJson.Wire.AppendedDocument);
    }

    private static IncomingEvent[] Read(ReadOnlyMemory<byte> body, string? requestKey)
    {
        var decoded = new List<DecodedEvent>();
        if (!EventDecoder.Read(body, decoded, MaximumEvents))
            throw ApiProblem.Wrong($"Send 1–{MaximumEvents} events at once; the body holds more.");
        if (
            decoded is [{ Problem: { } problem, Index: 0 } only]
            && only.Bytes.Length == body.Length
            && !IsObject(body.Span)
        )
            throw ApiProblem.Wrong(problem.Message);
        if (decoded.Count == 0)
            throw ApiProblem.Wrong($"Send 1–{MaximumEvents} events at once; the body holds none.");
        // Named by the content: sending the same invalid events again adds nothing to quarantine.
        var partition = $"api:{Convert.ToHexStringLower(SHA256.HashData(body.Span).AsSpan(0, 8))}";
        var first = SequenceNumber.From(0);
        return
        [
            .. decoded.Select(one => new IncomingEvent
            {
                // A request that is done again after a crash sends the same events: the log knows them by these ids.
                Event =
                    one.Raw.EventId is null && requestKey is not null
                        ? one.Raw with
                        {
                            EventId = string.Create(CultureInfo.InvariantCulture, $"request:{requestKey}:{one.Index}"),
                        }
                        : one.Raw,
                Problem = one.Problem,
                Source = new Position(partition, first, one.Index),
                Raw = one.Bytes,
            }),
        ];
    }

    /// <summary>An object that is no event goes to quarantine; what is not even JSON goes back.</summary>
    private static bool IsObject(ReadOnlySpan<byte> body)
    {
        try
        {
            var reader = new System.Text.Json.Utf8JsonReader(body);
            return reader.Read()
                && reader.TokenType == System.Text.Json.JsonTokenType.StartObject
                && reader.TrySkip()
                && !reader.Read();
        }
        catch (System.Text.Json.JsonException)
        {
            return false;
        }
    }

    private static IEnumerable<UserId> Users(IncomingEvent[] events, AppendedInteractions appended)
    {
        for (var i = 0; i < events.Length; i++)
        {
            if (
                appended.Events[i] is { Rejection: null, IsDuplicate: false }
                && UserId.TryParse(events[i].Event.UserId) is { } user
            )
                yield return user;
        }
    }
}
