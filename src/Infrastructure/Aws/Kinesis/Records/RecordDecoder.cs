using Microsoft.Extensions.Options;
using Recommendation.Application.Interactions;
using Recommendation.Domain;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Quarantine;

namespace Recommendation.Aws.Kinesis.Records;

/// <summary>
/// Reads the events of stream records: JSON as <see cref="EventDecoder"/> takes it, packed with gzip, or several user
/// records aggregated in one. Whatever is in a record ends as an interaction or in quarantine; nothing
/// is thrown for it.
/// </summary>
/// <param name="partitionKeyIsUser">
/// Whether the stream is read by several functions at once, which keeps the order of a partition key only: what is
/// keyed otherwise than by its user is rejected.
/// </param>
public sealed class RecordDecoder(bool partitionKeyIsUser)
{
    /// <summary>
    /// How many events a record may hold: its place has that many numbers for each of its user records.
    /// </summary>
    public const int MaximumEvents = RecordBudget.MaximumEvents;

    /// <summary>Reads <c>PARTITION_KEY_IS_USER</c>: <c>true</c>, or <c>false</c> (the default).</summary>
    /// <exception cref="OptionsValidationException">It is set to something else.</exception>
    public static RecordDecoder From(Func<string, string?>? setting = null) =>
        (setting ?? Environment.GetEnvironmentVariable)("PARTITION_KEY_IS_USER") switch
        {
            null or "" or "false" => new RecordDecoder(partitionKeyIsUser: false),
            "true" => new RecordDecoder(partitionKeyIsUser: true),
            var text => throw new OptionsValidationException(
                nameof(RecordDecoder),
                typeof(AwsOptions),
                [$"PARTITION_KEY_IS_USER is '{text}'; give true or false."]
            ),
        };

    /// <summary>The place of the first event of a user record, by the user record's place.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such place.</exception>
    public static int IndexOf(int userRecord)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(userRecord);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(userRecord, MaximumEvents);
        return userRecord * MaximumEvents;
    }

    /// <summary>Decodes a record. One that is over its budget is rejected once, as a whole.</summary>
    /// <param name="record">The record; what is rejected of it is copied.</param>
    /// <param name="accepted">Gets the valid events, in their order.</param>
    /// <param name="rejected">Gets the others.</param>
    public void Decode(StreamRecord record, List<Interaction> accepted, List<QuarantinedRecord> rejected)
    {
        ArgumentNullException.ThrowIfNull(accepted);
        ArgumentNullException.ThrowIfNull(rejected);
        var (goodBefore, badBefore) = (accepted.Count, rejected.Count);
        var budget = new RecordBudget();
        Decode(record, budget, accepted, rejected);
        if (budget.Exceeded is not { } problem)
            return;
        accepted.RemoveRange(goodBefore, accepted.Count - goodBefore);
        rejected.RemoveRange(badBefore, rejected.Count - badBefore);
        // Of no user: it may hold events of many, whom erasure finds by its content.
        rejected.Add(Quarantine(record, problem));
    }

    /// <summary>
    /// Decodes a record, or a part of one, until its budget is used up. What it gave by then must not be used.
    /// </summary>
    /// <param name="record">The record; what is rejected of it is copied.</param>
    /// <param name="budget">What is left of the budget of the whole record.</param>
    /// <param name="accepted">Gets the valid events, in their order.</param>
    /// <param name="rejected">Gets the others.</param>
    public void Decode(
        StreamRecord record,
        RecordBudget budget,
        List<Interaction> accepted,
        List<QuarantinedRecord> rejected
    )
    {
        ArgumentNullException.ThrowIfNull(budget);
        ArgumentNullException.ThrowIfNull(rejected);
        if (ErasureMarker.IsOne(record.Data.Span))
            return;
        var reading = new Reading(budget, new List<DecodedEvent>(1), accepted, rejected);
        if (!AggregatedRecord.IsOne(record.Data.Span))
        {
            DecodeOne(record, reading);
            return;
        }
        var parts = AggregatedRecord.Read(record.Data, budget.EventsLeft);
        if (parts.Problem is { } problem)
            reading.Reject(record, problem);
        else if (parts.Data.Count > budget.EventsLeft)
            budget.TakeEvents(parts.Data.Count);
        // One key for several users keeps the order of none of them: no user's id is the empty key.
        for (var i = 0; i < parts.Data.Count && budget.Exceeded is null; i++)
            DecodeOne(
                record with
                {
                    Data = parts.Data[i],
                    PartitionKey = "",
                    Position = record.Position with { Index = IndexOf(i) },
                },
                reading
            );
    }

    private void DecodeOne(in StreamRecord record, in Reading reading)
    {
        if (!PackedRecord.IsOne(record.Data.Span))
        {
            DecodeEvents(record, record.Data, reading);
            return;
        }
        using var unpacked = PackedRecord.Unpack(record.Data, reading.Budget);
        if (unpacked.Problem is { } problem)
            reading.Reject(record, problem);
        else
            DecodeEvents(record, unpacked.Data, reading);
    }

    private void DecodeEvents(in StreamRecord record, ReadOnlyMemory<byte> data, in Reading reading)
    {
        var (budget, events) = (reading.Budget, reading.Events);
        events.Clear();
        var isWhole = EventDecoder.Read(data, events, budget.EventsLeft, budget.RejectionsLeft);
        if (budget.TakeEvents(Math.Max(1, isWhole ? events.Count : events.Count + 1)))
        {
            EventDecoder.Validate(
                events,
                record.Position,
                record.ArrivedAt,
                partitionKeyIsUser ? record.PartitionKey : null,
                reading.Accepted,
                reading.Rejected,
                budget
            );
        }
    }

    private static QuarantinedRecord Quarantine(in StreamRecord record, Rejection rejection) => new()
    {
        Position = record.Position,
        ArrivedAt = Timestamps.ToMilliseconds(record.ArrivedAt),
        Rejection = rejection,
        Raw = record.Data.ToArray(),
    };

    /// <summary>What a record is read with, and where its events go.</summary>
    private readonly record struct Reading(
        RecordBudget Budget, List<DecodedEvent> Events, List<Interaction> Accepted, List<QuarantinedRecord> Rejected)
    {
        internal void Reject(in StreamRecord record, Rejection problem)
        {
            if (Budget.Exceeded is null && Budget.TakeEvents(1) && Budget.TakeRejection(problem, record.Data.Length))
                Rejected.Add(Quarantine(record, problem));
        }
    }
}
