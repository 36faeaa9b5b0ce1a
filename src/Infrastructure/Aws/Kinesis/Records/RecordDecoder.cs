using Microsoft.Extensions.Options;
using Recommendation.Application.Interactions;
using Recommendation.Domain;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Quarantine;

namespace Recommendation.Aws.Kinesis.Records;

/// <summary>
/// Reads the events of stream records: JSON as <see cref="EventDecoder"/> takes it, packed with gzip, or several user records
/// aggregated in one. Whatever is in a record ends as an interaction or in quarantine; nothing is thrown for it.
/// </summary>
/// <param name="partitionKeyIsUser">
/// Whether the stream is read by several functions at once, which keeps the order of a partition key only: what is keyed otherwise
/// than by its user is rejected.
/// </param>
public sealed class RecordDecoder(bool partitionKeyIsUser)
{
    /// <summary>How many events a record, or a user record of an aggregated one, may hold: its place has that many numbers.</summary>
    public const int MaximumEvents = 16_384;

    /// <summary>How many user records an aggregated record may hold.</summary>
    public const int MaximumUserRecords = 131_072;

    private static readonly Rejection s_tooManyEvents = new(RejectionCode.TooLarge, $"The record holds more than {MaximumEvents} events.");
    private static readonly Rejection s_tooManyRecords = new(RejectionCode.TooLarge, $"The record aggregates more than {MaximumUserRecords} records.");

    /// <summary>Reads <c>PARTITION_KEY_IS_USER</c>: <c>true</c>, or <c>false</c> (the default).</summary>
    /// <exception cref="OptionsValidationException">It is set to something else.</exception>
    public static RecordDecoder From(Func<string, string?>? setting = null) => (setting ?? Environment.GetEnvironmentVariable)("PARTITION_KEY_IS_USER") switch
    {
        null or "" or "false" => new RecordDecoder(partitionKeyIsUser: false),
        "true" => new RecordDecoder(partitionKeyIsUser: true),
        var text => throw new OptionsValidationException(
            nameof(RecordDecoder), typeof(AwsOptions), [$"PARTITION_KEY_IS_USER is '{text}'; give true or false."]),
    };

    /// <summary>The place of the first event of a user record, by the user record's place.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such place.</exception>
    public static int IndexOf(int userRecord)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(userRecord);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(userRecord, MaximumUserRecords);
        return userRecord * MaximumEvents;
    }

    /// <param name="record">The record; what is rejected of it is copied.</param>
    /// <param name="accepted">Gets the valid events, in their order.</param>
    /// <param name="rejected">Gets the others.</param>
    public void Decode(StreamRecord record, ICollection<Interaction> accepted, ICollection<QuarantinedRecord> rejected)
    {
        ArgumentNullException.ThrowIfNull(accepted);
        ArgumentNullException.ThrowIfNull(rejected);
        if (!AggregatedRecord.IsOne(record.Data.Span))
        {
            DecodeOne(record, accepted, rejected);
            return;
        }
        var parts = AggregatedRecord.Read(record.Data);
        if (parts.Problem is { } problem)
            rejected.Add(Quarantine(record, problem));
        else if (parts.Data.Count > MaximumUserRecords)
            rejected.Add(Quarantine(record, s_tooManyRecords));
        else
        {
            // One key for several users keeps the order of none of them: no user's id is the empty key.
            foreach (var (i, data) in parts.Data.Index())
                DecodeOne(record with { Data = data, PartitionKey = "", Position = record.Position with { Index = IndexOf(i) } }, accepted, rejected);
        }
    }

    private void DecodeOne(in StreamRecord record, ICollection<Interaction> accepted, ICollection<QuarantinedRecord> rejected)
    {
        var data = record.Data;
        if (PackedRecord.IsOne(data.Span))
        {
            var unpacked = PackedRecord.Unpack(data);
            if (unpacked.Problem is { } problem)
            {
                rejected.Add(Quarantine(record, problem));
                return;
            }
            data = unpacked.Data;
        }
        var events = new List<DecodedEvent>(1);
        EventDecoder.Read(data, events);
        if (events.Count > MaximumEvents)
            rejected.Add(Quarantine(record with { Data = data }, s_tooManyEvents));
        else
            EventDecoder.Judge(events, record.Position, record.ArrivedAt, partitionKeyIsUser ? record.PartitionKey : null, accepted, rejected);
    }

    private static QuarantinedRecord Quarantine(in StreamRecord record, Rejection rejection) => new()
    {
        Position = record.Position,
        ArrivedAt = Timestamps.ToMilliseconds(record.ArrivedAt),
        Rejection = rejection,
        Raw = record.Data.ToArray(),
    };
}
