using Recommendation.Application.Quarantine;

namespace Recommendation.AdminApi.Quarantine;

/// <summary>Some rejected records, newest arrival first unless asked otherwise.</summary>
/// <param name="More">Whether there are more.</param>
/// <param name="Next">The cursor of what follows; null where nothing does.</param>
internal sealed record QuarantineDocument(IReadOnlyList<QuarantinedDocument> Records, bool More, string? Next);

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
