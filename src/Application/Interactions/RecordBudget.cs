using Recommendation.Domain.Interactions;

namespace Recommendation.Application.Interactions;

/// <summary>
/// What one record of the log may cost. Decoding stops where the budget is used up; the record is then quarantined
/// once, as a whole. The user records of an aggregated record share one budget.
/// </summary>
public sealed class RecordBudget
{
    /// <summary>What a packed record may unpack to, in bytes: some kilobytes of gzip can hold gigabytes.</summary>
    public const int MaximumUnpackedBytes = 8 * 1024 * 1024;

    /// <summary>How many events a record may hold. A user record without events counts as one.</summary>
    public const int MaximumEvents = 16_384;

    /// <summary>How many events of a record may be rejected one by one; each is an entry of the quarantine.</summary>
    public const int MaximumRejections = 100;

    /// <summary>
    /// How many bytes the rejected events of a record may have; as many as the stream takes as a record.
    /// </summary>
    public const int MaximumRejectedBytes = 1024 * 1024;

    private static readonly Rejection s_tooManyEvents = new(
        RejectionCode.TooLarge, $"The record holds more than {MaximumEvents} events. Send them in several records.");

    private static readonly Rejection s_tooManyBytes = new(
        RejectionCode.TooLarge,
        $"The record unpacks to more than {MaximumUnpackedBytes} bytes. Send its events in several records."
    );

    private Rejection? _firstRejection;
    private int _rejections;
    private long _rejectedBytes;

    /// <summary>Why the record is over its budget; null while it is not.</summary>
    public Rejection? Exceeded { get; private set; }

    public int EventsLeft { get; private set; } = MaximumEvents;

    public int UnpackedBytesLeft { get; private set; } = MaximumUnpackedBytes;

    public int RejectionsLeft => Math.Max(0, MaximumRejections - _rejections);

    /// <returns>False if the budget is used up.</returns>
    public bool TakeEvents(int count)
    {
        EventsLeft -= count;
        if (EventsLeft < 0)
            Exceeded ??= s_tooManyEvents;
        return Exceeded is null;
    }

    /// <inheritdoc cref="TakeEvents"/>
    public bool TakeUnpacked(int bytes)
    {
        UnpackedBytesLeft -= bytes;
        if (UnpackedBytesLeft < 0)
            Exceeded ??= s_tooManyBytes;
        return Exceeded is null;
    }

    /// <inheritdoc cref="TakeEvents"/>
    public bool TakeRejection(Rejection rejection, int bytes)
    {
        _firstRejection ??= rejection;
        _rejections++;
        _rejectedBytes += bytes;
        if (_rejections > MaximumRejections)
            Exceeded ??= Rejected($"More than {MaximumRejections} events of the record were rejected");
        else if (_rejectedBytes > MaximumRejectedBytes)
            Exceeded ??= Rejected($"The rejected events of the record have more than {MaximumRejectedBytes} bytes");
        return Exceeded is null;
    }

    private Rejection Rejected(string what) =>
        new(
            RejectionCode.TooLarge,
            $"{what}. The first: {_firstRejection!.Message} Correct the producer and send the events again."
        );
}
