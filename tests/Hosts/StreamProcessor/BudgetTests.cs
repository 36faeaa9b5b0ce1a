using System.Text;
using Recommendation.Application.Interactions;
using Recommendation.Aws.Kinesis.Records;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Quarantine;
using Recommendation.StreamProcessor.Tests.Given;

namespace Recommendation.StreamProcessor.Tests;

/// <summary>What one record may cost, whatever is in it.</summary>
public sealed class BudgetTests : IAsyncLifetime
{
    // A record that is decoded takes memory for at most so many bytes; what it unpacks to is in buffers of the pool.
    private const long MaximumAllocated = 24 * 1024 * 1024;

    // What decoding may allocate for each byte that it reads, packed or unpacked.
    private const int AllocatedPerByte = 24;

    private StreamWorld _world = null!;

    public static TheoryData<string> Attacks => [.. Attack.All.Keys];

    public async Task InitializeAsync() => _world = await StreamWorld.OpenAsync();

    public async Task DisposeAsync() => await _world.DisposeAsync();

    [Theory]
    [MemberData(nameof(Attacks))]
    public void A_record_over_its_budget_is_rejected_once_and_whole_and_costs_little(string attack)
    {
        var data = Attack.All[attack]();
        Decode(data); // Fills the pool of buffers, which serves all records.

        var before = GC.GetAllocatedBytesForCurrentThread();
        var (accepted, rejected) = Decode(data);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.Empty(accepted);
        var record = Assert.Single(rejected);
        Assert.Equal((RejectionCode.TooLarge, 0), (record.Rejection.Code, record.Position.Index));
        Assert.Equal(data, record.Raw.ToArray());
        Assert.InRange(allocated, 0, MaximumAllocated);
        Assert.InRange(allocated, 0, AllocatedPerByte * (data.Length + (long)RecordBudget.MaximumUnpackedBytes));
    }

    [Fact]
    public void A_record_within_its_budget_allocates_in_proportion_to_its_bytes()
    {
        var data = Encoding.UTF8.GetBytes(
            $"[{string.Join(',', Enumerable.Range(0, 10_000).Select(n => Shard.Event($"u{n}", $"i{n}")))}]"
        );
        Decode(data);

        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Equal(10_000, Decode(data).Accepted.Count);

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, AllocatedPerByte * (long)data.Length);
    }

    [Theory]
    [InlineData(RecordBudget.MaximumRejections, true)]
    [InlineData(RecordBudget.MaximumRejections + 1, false)]
    public void Some_bad_events_are_rejected_one_by_one_and_too_many_with_their_record(int bad, bool oneByOne)
    {
        var data = Aggregated.Of([
            ("k", Encoding.UTF8.GetBytes(Shard.Event("ann", "i1"))),
            .. Enumerable.Repeat(("k", "oops"u8.ToArray()), bad),
        ]);

        var (accepted, rejected) = Decode(data);

        Assert.Equal(oneByOne ? (1, bad) : (0, 1), (accepted.Count, rejected.Count));
        if (oneByOne)
            return;
        Assert.Contains("More than 100 events", rejected[0].Rejection.Message, StringComparison.Ordinal);
        Assert.Contains("not valid JSON", rejected[0].Rejection.Message, StringComparison.Ordinal);
        Assert.Null(rejected[0].UserId);
    }

    [Fact]
    public async Task Attacks_among_good_records_are_one_entry_each_and_the_good_records_count_in_one_delivery()
    {
        var shard = new Shard().Add(20);
        foreach (var attack in Attack.All.Values)
        {
            shard.Put(attack());
            shard.Add(1);
        }

        Assert.Empty(await _world.Function.FailuresAsync(shard.Records));

        await _world.AssertCleanAsync(shard);
        Assert.Equal(20 + Attack.All.Count, shard.Interactions.Count);
        Assert.Equal(Attack.All.Count, (await _world.QuarantinedAsync()).Count);
        Assert.Equal([Attack.All.Count], _world.Quarantine.Calls);
    }

    [Fact]
    public async Task A_batch_of_nothing_but_attacks_is_settled_and_a_redelivery_adds_nothing()
    {
        var shard = new Shard();
        foreach (var attack in Attack.All.Values)
            shard.Put(attack());

        Assert.Empty(await _world.Function.FailuresAsync(shard.Records));
        Assert.Empty(await _world.Function.FailuresAsync(shard.Records));

        Assert.Equal(Attack.All.Count, (await _world.QuarantinedAsync()).Count);
        Assert.Empty(_world.Profiles.Loads);
    }

    [Fact]
    public async Task A_batch_of_many_events_is_saved_in_chunks()
    {
        var shard = Full(3);

        Assert.Empty(await _world.Function.FailuresAsync(shard.Records));

        Assert.Equal(3, _world.Profiles.Saves.Count);
        await _world.AssertCleanAsync(shard);
    }

    [Fact]
    public async Task If_a_chunk_fails_in_part_the_later_ones_wait_so_that_no_watermark_passes_a_lost_event()
    {
        var shard = Full(3);
        _world.Profiles.Outcome = profile =>
            profile.UserId.Value is "u3" ? Application.Ports.SaveOutcome.Failed("The table is full.") : null;

        var failures = await _world.Function.FailuresAsync(shard.Records);

        Assert.Equal(shard.Records.Select(record => record.SequenceNumber), failures);
        Assert.Single(_world.Profiles.Saves);
        _world.Profiles.Heal();
        Assert.Empty(await _world.Function.FailuresAsync(shard.Records));
        await _world.AssertCleanAsync(shard);
    }

    [Fact]
    public async Task A_batch_that_is_too_much_for_the_deadline_goes_on_where_it_was_stopped()
    {
        var shard = Full(3);
        _world.Profiles.Saved = () =>
        {
            _world.Time.Advance(_world.Function.TimeLeft);
            return Task.CompletedTask;
        };

        var failures = await _world.Function.FailuresAsync(shard.Records);
        Assert.Equal(shard.Records.Skip(1).Select(record => record.SequenceNumber), failures);

        _world.Profiles.Heal();
        Assert.Empty(await _world.Function.FailuresAsync(shard.Records.Skip(1)));
        await _world.AssertCleanAsync(shard);
    }

    /// <summary>Records each of which makes a chunk.</summary>
    private static Shard Full(int records)
    {
        var shard = new Shard();
        for (var record = 0; record < records; record++)
        {
            var events = Enumerable
                .Range(0, RecordChunks.Events)
                .Select(n => Shard.Event($"u{n % 7}", $"i{n}", Shard.Noon.AddMilliseconds(n)));
            shard.Put(Attack.Packed($"[{string.Join(',', events)}]"));
        }
        return shard;
    }

    private static (List<Interaction> Accepted, List<QuarantinedRecord> Rejected) Decode(byte[] data)
    {
        var (accepted, rejected) = (new List<Interaction>(), new List<QuarantinedRecord>());
        new RecordDecoder(partitionKeyIsUser: false).Decode(
            new StreamRecord(
                data,
                "k",
                new Position("shardId-000000000000", SequenceNumber.From(7)),
                Shard.Noon.AddMinutes(1)
            ),
            accepted,
            rejected
        );
        return (accepted, rejected);
    }
}
