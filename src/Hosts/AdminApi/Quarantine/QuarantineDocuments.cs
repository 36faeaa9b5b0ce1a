using System.Text;
using Recommendation.Application.Quarantine;
using Recommendation.Domain;
using Recommendation.Domain.Quarantine;

namespace Recommendation.AdminApi.Quarantine;

/// <summary>Some rejected records, newest arrival first unless asked otherwise.</summary>
/// <param name="More">Whether there are more.</param>
/// <param name="Next">The cursor of what follows; null where nothing does.</param>
internal sealed record QuarantineDocument(IReadOnlyList<QuarantinedDocument> Records, bool More, string? Next);

/// <summary>A rejected record.</summary>
/// <param name="Raw">The record as it came; bytes that are no UTF-8 are shown as U+FFFD.</param>
/// <param name="RedrivenAt">When its events were appended anew; null where they were not.</param>
/// <param name="DismissedAt">When it was dismissed; null where it was not.</param>
internal sealed record QuarantinedDocument(
    string Position, string ArrivedAt, string Reason, string Message, string? UserId, string Raw, string? RedrivenAt,
    string? DismissedAt)
{
    internal static QuarantinedDocument From(QuarantinedRecord record) =>
        new(
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

/// <summary>What became of the records.</summary>
/// <param name="Records">Records that are valid now and are marked as redriven.</param>
/// <param name="Appended">Events appended to the log.</param>
/// <param name="Dropped">Valid events that were there already, or are of a user erased since.</param>
/// <param name="StillRejected">Records that stay, each with why it is rejected now.</param>
internal sealed record RedriveDocument(
    int Records,
    int Appended,
    int Dropped,
    IReadOnlyList<StillRejectedDocument> StillRejected
)
{
    internal static RedriveDocument From(RedrivenQuarantine redriven) =>
        new(
            redriven.Records,
            redriven.Appended,
            redriven.Dropped,
            [
                .. redriven.StillRejected.Select(record => new StillRejectedDocument(
                    record.Position.ToString(),
                    record.Rejection.Code.Value,
                    record.Rejection.Message
                )),
            ]
        );
}

/// <summary>A record that stays; without its bytes, since answers to keyed requests are kept for a day.</summary>
internal sealed record StillRejectedDocument(string Position, string Reason, string Message);

/// <summary>What was dismissed.</summary>
/// <param name="Records">How many records were open, and are dismissed now.</param>
internal sealed record DismissDocument(int Records);
