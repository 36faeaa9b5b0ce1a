using Recommendation.Application.Ports;
using Recommendation.Domain;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Quarantine;

namespace Recommendation.Aws.S3;

/// <summary>A rejected record as it is kept.</summary>
internal sealed record QuarantineDocument(
    int FormatVersion,
    string Partition,
    string Sequence,
    int Index,
    string ArrivedAt,
    string Reason,
    string Message,
    byte[] Raw,
    string? UserId,
    string? RedrivenAt,
    string? DismissedAt = null) : IStoredDocument
{
    internal static QuarantineDocument From(QuarantinedRecord record) =>
        new(
            S3Json.Format,
            record.Position.Partition,
            record.Position.Sequence.Value,
            record.Position.Index,
            Timestamps.Format(record.ArrivedAt),
            record.Rejection.Code.Value,
            record.Rejection.Message,
            record.Raw.ToArray(),
            record.UserId?.Value,
            record.RedrivenAt is { } at ? Timestamps.Format(at) : null,
            record.DismissedAt is { } dismissed ? Timestamps.Format(dismissed) : null
        );

    internal QuarantinedRecord ToRecord() => new()
    {
        Position = new Position(Partition, SequenceNumber.Parse(Sequence), Index),
        ArrivedAt = StoredFormat.TimeOf(ArrivedAt),
        Rejection = new Rejection(new RejectionCode(Reason), Message),
        Raw = Raw,
        UserId = UserId is null ? null : Domain.Interactions.UserId.FromStored(UserId),
        RedrivenAt = RedrivenAt is null ? null : StoredFormat.TimeOf(RedrivenAt),
        DismissedAt = DismissedAt is null ? null : StoredFormat.TimeOf(DismissedAt),
    };
}
