using Recommendation.Domain;
using Recommendation.Domain.Interactions;

namespace Recommendation.Application.Interactions;

/// <summary>One event of a record, read but not validated.</summary>
/// <param name="Index">Its place in the record's array; 0 where the record is one event.</param>
/// <param name="Raw">The fields, as far as they could be read.</param>
/// <param name="Problem">Why its JSON is no event; null where it can be validated.</param>
/// <param name="Bytes">Its own bytes: a slice of the record, valid as long as the record is.</param>
public readonly record struct DecodedEvent(
    int Index,
    RawInteraction Raw,
    Rejection? Problem,
    ReadOnlyMemory<byte> Bytes
)
{
    /// <summary>Judges the event; the place in the record goes into the position.</summary>
    /// <param name="arrivedAt">When the log took the record.</param>
    /// <param name="record">Where the log holds the record; its index is that of the record's first event.</param>
    public ValidationResult Validate(DateTimeOffset arrivedAt, Position record) =>
        Problem is null ? Interaction.Validate(Raw, arrivedAt, PositionIn(record)) : ValidationResult.Of(Problem);

    /// <summary>Where the log holds the event.</summary>
    internal Position PositionIn(Position record) => record with { Index = record.Index + Index };

    /// <summary>The user that the event names, if that is a valid id; also of an event that was rejected.</summary>
    // The rule for ids is the same for users and items, so validating the id as both validates it alone.
    public UserId? User =>
        Interaction
            .Validate(new RawInteraction { UserId = Raw.UserId, ItemId = Raw.UserId }, Timestamps.Earliest)
            .Accepted?.UserId;
}
