using System.Globalization;
using System.Text;
using Recommendation.Emulators;

namespace Recommendation.Benchmarks.Stream;

/// <summary>Makes what the shards deliver, remembers what must come of it, and delivers some of it again.</summary>
internal sealed class SoakLoad(Random random, int shards)
{
    internal static readonly DateTimeOffset Start = new(2026, 7, 1, 0, 0, 0, TimeSpan.Zero);

    private const int Users = 2_000;

    private readonly long[] _next = new long[shards];
    private readonly List<StreamedRecord>[] _last =
    [
        .. Enumerable.Range(0, shards).Select(_ => new List<StreamedRecord>()),
    ];

    internal long Events { get; private set; }

    internal long Poison { get; private set; }

    internal long Redelivered { get; private set; }

    /// <summary>How many interactions each user has.</summary>
    internal Dictionary<string, long> Expected { get; } = new(StringComparer.Ordinal);

    /// <summary>The next records of some shard; now and then some of its last ones before them.</summary>
    internal List<StreamedRecord> Next()
    {
        var shard = random.Next(shards);
        var batch = new List<StreamedRecord>();
        if (random.Next(5) == 0)
        {
            batch.AddRange(_last[shard].Skip(random.Next(_last[shard].Count + 1)));
            Redelivered += batch.Count;
        }
        var fresh = Enumerable.Range(0, random.Next(1, 1_000)).Select(_ => NewRecord(shard)).ToList();
        _last[shard] = fresh;
        batch.AddRange(fresh);
        return batch;
    }

    private StreamedRecord NewRecord(int shard)
    {
        var number = _next[shard]++;
        string data;
        switch (random.Next(200))
        {
            case 0:
                Poison++;
                data = "{\"userId\":";
                break;
            case < 20:
                data = $"[{NewEvent(number)},{NewEvent(number)},{NewEvent(number)}]";
                break;
            default:
                data = NewEvent(number);
                break;
        }
        return new StreamedRecord(
            string.Create(CultureInfo.InvariantCulture, $"shardId-{shard:d12}"),
            string.Create(CultureInfo.InvariantCulture, $"49590338271490256608559692538361571095921575989{number:d9}"),
            "k", Encoding.UTF8.GetBytes(data), Start.AddMilliseconds(number));
    }

    private string NewEvent(long number)
    {
        Events++;
        var user = string.Create(CultureInfo.InvariantCulture, $"user-{random.Next(Users)}");
        Expected[user] = Expected.GetValueOrDefault(user) + 1;
        return string.Create(
            CultureInfo.InvariantCulture,
            $$"""{"userId":"{{user}}","itemId":"item-{{random.Next(5_000)}}","timestamp":{{Start.AddMilliseconds(number).ToUnixTimeMilliseconds()}}}"""
        );
    }
}
