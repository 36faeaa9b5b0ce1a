using Recommendation.Application.Quarantine;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Quarantine;

namespace Recommendation.Application.Ports;

/// <summary>Rejected records, kept with the reason until somebody has looked at them.</summary>
public interface IQuarantine
{
    /// <summary>Keeps records durably; one whose position is held already is not added again.</summary>
    Task AddAsync(IReadOnlyList<QuarantinedRecord> records, CancellationToken cancellationToken);

    /// <summary>The records, in order of arrival and then position.</summary>
    /// <param name="includeSettled">Whether to list those that were redriven or dismissed as well.</param>
    IAsyncEnumerable<QuarantinedRecord> ListAsync(bool includeSettled, CancellationToken cancellationToken);

    /// <summary>The records in the opposite order, those that arrived last first.</summary>
    IAsyncEnumerable<QuarantinedRecord> NewestAsync(QuarantineSearch search, CancellationToken cancellationToken);

    /// <summary>
    /// Marks records as redriven or dismissed; unknown positions are ignored. A record that was redriven is not
    /// dismissed any more.
    /// </summary>
    Task MarkAsync(
        IReadOnlyList<Position> positions,
        QuarantineEnd decision,
        DateTimeOffset at,
        CancellationToken cancellationToken
    );

    /// <summary>
    /// Removes a part of what is held of a user: records of the user, and records whose user could not be read and
    /// whose content names the user; of an array of events, those that do not name the user stay. A sweep leaves what
    /// came after the erasure. Repeated until it answers no next part.
    /// </summary>
    /// <returns>How many records were removed, and where to go on.</returns>
    Task<ErasedPart> ForgetAsync(ErasureWork work, CancellationToken cancellationToken);
}

/// <summary>Which rejected records are looked for.</summary>
/// <param name="IncludeSettled">Whether to give those that were redriven or dismissed as well.</param>
/// <param name="Before">Only records before this place in the order of arrival; null for all.</param>
/// <param name="Reason">Only records that were rejected for this; null for all.</param>
public sealed record QuarantineSearch(
    bool IncludeSettled = false,
    QuarantinePlace? Before = null,
    RejectionCode? Reason = null
)
{
    /// <summary>Whether a record is one of them.</summary>
    public bool Includes(QuarantinedRecord record)
    {
        ArgumentNullException.ThrowIfNull(record);
        return (IncludeSettled || record.IsOpen)
            && (Reason is not { } reason || record.Rejection.Code == reason)
            && (Before is not { } before || QuarantinePlace.Of(record).CompareTo(before) < 0);
    }
}
