using System.Text;
using Recommendation.Domain;
using Recommendation.Domain.Quarantine;

namespace Recommendation.Application.Quarantine;

/// <summary>A rejected record.</summary>
/// <param name="Raw">The record as it came; bytes that are no UTF-8 are shown as U+FFFD.</param>
/// <param name="RedrivenAt">When its events were appended anew; null where they were not.</param>
/// <param name="DismissedAt">When it was dismissed; null where it was not.</param>
public sealed record QuarantinedDocument(
    string Position, string ArrivedAt, string Reason, string Message, string? UserId, string Raw, string? RedrivenAt,
    string? DismissedAt)
{
    /// <param name="record">The record.</param>
    public static QuarantinedDocument From(QuarantinedRecord record)
    {
        ArgumentNullException.ThrowIfNull(record);
        return new(
            record.Position.ToString(),
            Timestamps.Format(record.ArrivedAt),
            record.Rejection.Code.Value,
            record.Rejection.Message,
            record.UserId?.Value,
            Encoding.UTF8.GetString(record.Raw.Span),
            record.RedrivenAt is { } at ? Timestamps.Format(at) : null,
            record.DismissedAt is { } dismissed ? Timestamps.Format(dismissed) : null
        );
    }
}

/// <summary>What was dismissed.</summary>
/// <param name="Records">How many records were open, and are dismissed now.</param>
public sealed record DismissDocument(int Records);
