using System.Text.Json.Serialization;
using MediatR;
using Recommendation.AdminApi.Http;
using Recommendation.AdminApi.Workers;
using Recommendation.Application.Quarantine;
using Recommendation.Domain.Interactions;

namespace Recommendation.AdminApi.Quarantine;

/// <summary>Rejected records: look, send again, dismiss.</summary>
internal static class QuarantineRoutes
{
    internal const string Newest = "newest";
    internal const string Oldest = "oldest";

    internal static async Task<QuarantineDocument> ListAsync(
        int? n,
        bool? all,
        string? reason,
        string? order,
        string? cursor,
        IMediator mediator,
        CancellationToken cancellationToken
    )
    {
        var request = new ListQuarantine(n ?? 100, all ?? false, Cursor.ToQuarantinePlace(cursor))
        {
            Reason = reason is null ? null : new RejectionCode(reason),
            OldestFirst = order switch
            {
                null or Newest => false,
                Oldest => true,
                _ => throw ApiProblem.Wrong($"order is {Newest} or {Oldest}."),
            },
        };
        var listed = await mediator.Send(request, cancellationToken);
        var next = listed.More ? Cursor.Of(QuarantinePlace.Of(listed.Records[^1])) : null;
        return new QuarantineDocument([.. listed.Records.Select(QuarantinedDocument.From)], listed.More, next);
    }

    internal static async Task<RedriveDocument> RedriveAsync(
        RedriveBody? body, IMediator mediator, IProfileFollower follower, CancellationToken cancellationToken)
    {
        var redriven = await mediator.Send(new RedriveQuarantine(body?.ToPositions()), cancellationToken);
        follower.Appended([]);
        return RedriveDocument.From(redriven);
    }

    internal static async Task<DismissDocument> DismissAsync(
        DismissBody body, IMediator mediator, CancellationToken cancellationToken)
    {
        var request = new DismissQuarantine(RedriveBody.ToPositions(body.Positions))
        {
            Reason = body.Reason is null ? null : new RejectionCode(body.Reason),
            OlderThan = DismissQuarantine.AgeOf(body.OlderThanDays),
        };
        return new DismissDocument((await mediator.Send(request, cancellationToken)).Records);
    }
}

/// <summary>Which records to send again.</summary>
/// <param name="Positions">As the list names them, at most 10,000; null for all.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record RedriveBody(IReadOnlyList<string>? Positions = null)
{
    private const int MaximumPositions = 10_000;

    internal IReadOnlySet<Position>? ToPositions() => ToPositions(Positions);

    internal static IReadOnlySet<Position>? ToPositions(IReadOnlyList<string>? positions) =>
        positions switch
        {
            null => null,
            { Count: 0 or > MaximumPositions } => throw ApiProblem.Wrong(
                $"Name 1–{MaximumPositions} positions, or leave them out."
            ),
            _ => positions.Select(text => PathIds.Read(Position.Parse, text)).ToHashSet(),
        };
}

/// <summary>Which records to dismiss: those that are named, or that have the reason and the age.</summary>
/// <param name="Positions">As the list names them, at most 10,000; null to choose by the others.</param>
/// <param name="Reason">Only records that were rejected for this; null for any reason.</param>
/// <param name="OlderThanDays">Only records that arrived more than so many days ago; null for any age.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record DismissBody(
    IReadOnlyList<string>? Positions = null,
    string? Reason = null,
    int? OlderThanDays = null
);
