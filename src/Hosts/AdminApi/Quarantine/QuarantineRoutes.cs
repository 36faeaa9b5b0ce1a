using System.Text;
using MediatR;
using Recommendation.Application.Quarantine;
using Recommendation.Domain;
using Recommendation.Domain.Quarantine;

namespace Recommendation.AdminApi.Quarantine;

/// <summary>Rejected records: look, send again.</summary>
internal static class QuarantineRoutes
{
    internal static async Task<QuarantineDocument> ListAsync(int? n, bool? all, IMediator mediator, CancellationToken cancellationToken)
    {
        var listed = await mediator.Send(new ListQuarantine(n ?? 100, all ?? false), cancellationToken);
        return new QuarantineDocument([.. listed.Records.Select(QuarantinedDocument.From)], listed.More, Next: null);
    }
}

/// <summary>Some rejected records, oldest arrival first.</summary>
/// <param name="More">Whether there are more.</param>
/// <param name="Next">The cursor of what follows; null where nothing does.</param>
internal sealed record QuarantineDocument(IReadOnlyList<QuarantinedDocument> Records, bool More, string? Next);

/// <summary>A rejected record.</summary>
/// <param name="Raw">The record as it came; bytes that are no UTF-8 are shown as U+FFFD.</param>
/// <param name="RedrivenAt">When its events were appended anew; null where they were not.</param>
internal sealed record QuarantinedDocument(
    string Position, string ArrivedAt, string Reason, string Message, string? UserId, string Raw, string? RedrivenAt)
{
    internal static QuarantinedDocument From(QuarantinedRecord record) => new(
        record.Position.ToString(), Timestamps.Format(record.ArrivedAt), record.Rejection.Code.Value, record.Rejection.Message,
        record.UserId?.Value, Encoding.UTF8.GetString(record.Raw.Span), record.RedrivenAt is { } at ? Timestamps.Format(at) : null);
}
