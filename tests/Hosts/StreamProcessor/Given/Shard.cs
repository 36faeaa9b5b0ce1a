using System.Globalization;
using System.Numerics;
using System.Text;
using Recommendation.Aws.Kinesis.Records;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Quarantine;
using Recommendation.Emulators;

namespace Recommendation.StreamProcessor.Tests.Given;

/// <summary>A shard that a test writes to.</summary>
internal sealed class Shard(int number = 0)
{
    internal static readonly DateTimeOffset Noon = new(2026, 7, 1, 12, 0, 0, TimeSpan.Zero);

    private static readonly BigInteger s_first = BigInteger.Parse(
        "49590338271490256608559692538361571095921575989136588898",
        CultureInfo.InvariantCulture
    );

    private readonly List<StreamedRecord> _records = [];

    internal string Id { get; } = string.Create(CultureInfo.InvariantCulture, $"shardId-{number:d12}");

    internal IReadOnlyList<StreamedRecord> Records => _records;

    internal StreamedRecord this[int index] => _records[index];

    /// <summary>What a clean pass over all of it counts, in log order.</summary>
    internal IReadOnlyList<Interaction> Interactions
    {
        get
        {
            var (accepted, rejected) = (new List<Interaction>(), new List<QuarantinedRecord>());
            var decoder = new RecordDecoder(partitionKeyIsUser: false);
            foreach (var record in _records)
                decoder.Decode(
                    new StreamRecord(record.Data, record.PartitionKey, PositionOf(record), record.ArrivedAt),
                    accepted,
                    rejected
                );
            return accepted;
        }
    }

    internal static Position PositionOf(StreamedRecord record) =>
        new(record.Shard, SequenceNumber.Parse(record.SequenceNumber));

    /// <summary>Users take turns; each event has an item and a time of its own.</summary>
    internal Shard Add(int events, int users = 7)
    {
        for (var i = 0; i < events; i++)
            Put(
                Event($"u{_records.Count % users}", $"i{_records.Count}", Noon.AddSeconds(_records.Count)),
                $"u{_records.Count % users}"
            );
        return this;
    }

    internal StreamedRecord Put(string data, string key = "k", DateTimeOffset? arrivedAt = null) =>
        Put(Encoding.UTF8.GetBytes(data), key, arrivedAt);

    internal StreamedRecord Put(byte[] data, string key = "k", DateTimeOffset? arrivedAt = null)
    {
        var sequence = (s_first + (_records.Count * 1_000_003)).ToString(CultureInfo.InvariantCulture);
        var record = new StreamedRecord(
            Id,
            sequence,
            key,
            data,
            arrivedAt ?? Noon.AddMinutes(10).AddMilliseconds(_records.Count)
        );
        _records.Add(record);
        return record;
    }

    internal static string Event(string user, string item, DateTimeOffset? at = null, string? eventId = null) =>
        $$"""{"userId":"{{user}}","itemId":"{{item}}","timestamp":"{{at ?? Noon:yyyy-MM-ddTHH:mm:ss.fffZ}}"{{(eventId is null ? "" : $",\"eventId\":\"{eventId}\"")}}}""";
}
