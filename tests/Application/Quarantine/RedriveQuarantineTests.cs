using Recommendation.Application.Erasures;
using Recommendation.Application.Interactions;
using Recommendation.Application.Ports;
using Recommendation.Application.Profiles;
using Recommendation.Application.Quarantine;
using Recommendation.Application.Tests.Given;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Quarantine;

namespace Recommendation.Application.Tests.Quarantine;

/// <summary>Rejected records are listed, and come back under their own id, or one made of their position.</summary>
public sealed class RedriveQuarantineTests : InWorld
{
    private const string Good = """{"userId":"ann","itemId":"i1"}""";
    private const string GoodWithId = """{"userId":"ann","itemId":"i1","eventId":"e1"}""";

    [Fact]
    public async Task A_record_that_is_valid_now_is_appended_under_an_id_made_of_its_position_at_its_first_arrival()
    {
        await GivenAsync(Some.Poison(1, Good));
        World.Time.Advance(TimeSpan.FromHours(1));

        var redriven = await RedriveAsync();

        Assert.Equal(
            (1, 1, 0, 0),
            (redriven.Records, redriven.Appended, redriven.Dropped, redriven.StillRejected.Count)
        );
        var appended = Assert.Single(await World.LoggedAsync());
        Assert.Equal(("redrive:local:1:0", Some.Noon.AddSeconds(1), Some.Noon.AddHours(1)),
            (appended.EventId!.Value.Value, appended.OccurredAt, appended.ArrivedAt));
        Assert.Equal(Some.Noon.AddHours(1), Assert.Single(await World.QuarantinedAsync()).RedrivenAt);
    }

    [Fact]
    public async Task An_event_that_its_producer_sent_again_meanwhile_counts_once()
    {
        await GivenAsync(Some.Poison(1, GoodWithId));
        World.Time.Advance(TimeSpan.FromHours(1));
        await World.SendAsync(new AppendInteractions([new IncomingEvent
        {
            Event = new RawInteraction { UserId = "ann", ItemId = "i1", EventId = "e1" },
            Source = Some.At(2),
        }]));

        var redriven = await RedriveAsync();

        Assert.Equal((1, 0, 1), (redriven.Records, redriven.Appended, redriven.Dropped));
        Assert.Equal("e1", Assert.Single(await World.LoggedAsync()).EventId!.Value.Value);
    }

    [Fact]
    public async Task What_the_store_refused_comes_back_under_an_id_made_of_its_position_since_the_log_has_its_own()
    {
        await GivenAsync(
            Some.Poison(1, GoodWithId) with
            {
                Rejection = new Rejection(RejectionCode.RefusedByStore, "Too large."),
            }
        );
        World.Time.Advance(TimeSpan.FromHours(1));

        Assert.Equal(1, (await RedriveAsync()).Appended);

        Assert.Equal("redrive:local:1:0", Assert.Single(await World.LoggedAsync()).EventId!.Value.Value);
    }

    [Fact]
    public async Task Redriven_twice_it_is_appended_once()
    {
        await GivenAsync(Some.Poison(1, Good));
        World.Quarantine.Marking = Fault.StoreDown;
        await Assert.ThrowsAsync<StoreUnavailableException>(() => RedriveAsync());
        World.Quarantine.Marking = null;

        var again = await RedriveAsync();
        var third = await RedriveAsync();

        Assert.Equal((1, 0, 1), (again.Records, again.Appended, again.Dropped));
        Assert.Equal(0, third.Records);
        Assert.Single(await World.LoggedAsync());
    }

    [Fact]
    public async Task A_record_that_is_still_invalid_stays_with_the_reason_of_now()
    {
        await GivenAsync(Some.Poison(1, """{"userId":"ann"}"""), Some.Poison(2, Good));

        var redriven = await RedriveAsync();

        var still = Assert.Single(redriven.StillRejected);
        Assert.Equal((Some.At(1), RejectionCode.InvalidItem), (still.Position, still.Rejection.Code));
        Assert.Equal(Some.At(1), Assert.Single(await World.QuarantinedAsync(includeSettled: false)).Position);
    }

    [Fact]
    public async Task A_record_of_several_events_comes_back_whole_or_not_at_all()
    {
        await GivenAsync(
            Some.Poison(1, """[{"userId":"ann","itemId":"i1"},{"userId":"bob","itemId":"i2"}]"""),
            Some.Poison(2, """[{"userId":"ann","itemId":"i1"},{"userId":"bob"}]"""));

        var redriven = await RedriveAsync();

        Assert.Equal((1, 2, 1), (redriven.Records, redriven.Appended, redriven.StillRejected.Count));
        Assert.Equal(
            ["redrive:local:1:0", "redrive:local:1:1"],
            (await World.LoggedAsync()).Select(one => one.EventId!.Value.Value)
        );
    }

    [Fact]
    public async Task Of_a_record_of_several_users_only_the_erased_ones_events_are_dropped()
    {
        await GivenAsync(Some.Poison(1, """[{"userId":"ann","itemId":"i1"},{"userId":"bob","itemId":"i2"}]"""));
        World.Time.Advance(TimeSpan.FromMinutes(1));
        await World.SendAsync(new ForgetUser(Some.Ann));
        World.Time.Advance(TimeSpan.FromMinutes(1));

        var redriven = await RedriveAsync();

        Assert.Equal((1, 1, 0), (redriven.Records, redriven.Appended, redriven.Dropped));
        Assert.Equal(Some.Bob, Assert.Single(await World.LoggedAsync()).UserId);
        Assert.DoesNotContain(
            "ann",
            System.Text.Encoding.UTF8.GetString(Assert.Single(await World.QuarantinedAsync()).Raw.Span),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task An_erasure_that_begins_between_the_reading_and_the_append_keeps_the_user_erased()
    {
        await GivenAsync(Some.Poison(1, """[{"userId":"ann","itemId":"i1"},{"userId":"bob","itemId":"i2"}]"""));
        World.Time.Advance(TimeSpan.FromMinutes(1));
        World.Log.Appending = async cancellationToken =>
        {
            World.Log.Appending = null;
            await World.SendAsync(new ForgetUser(Some.Ann), cancellationToken);
            World.Time.Advance(TimeSpan.FromMinutes(1));
        };

        var redriven = await RedriveAsync();
        await World.SendAsync(new CatchUpProfiles("local"));

        Assert.Equal((1, 1, 1), (redriven.Records, redriven.Appended, redriven.Dropped));
        Assert.Equal(Some.Bob, Assert.Single(await World.LoggedAsync()).UserId);
        Assert.True((await World.SendAsync(new GetProfile(Some.Ann))) is null or { IsEmpty: true });
    }

    [Fact]
    public async Task Only_the_records_named_are_redriven()
    {
        await GivenAsync([.. Enumerable.Range(1, 5).Select(n => Some.Poison(n, Good))]);

        var redriven = await RedriveAsync(Some.At(2), Some.At(4), Some.At(99));

        Assert.Equal((2, 2), (redriven.Records, redriven.Appended));
        Assert.Equal(3, (await World.QuarantinedAsync(includeSettled: false)).Count);
    }

    [Fact]
    public async Task More_than_a_chunk_is_redriven_in_one_request()
    {
        await GivenAsync([.. Enumerable.Range(1, 1234).Select(n => Some.Poison(n, Good))]);
        World.Time.Advance(TimeSpan.FromHours(1));

        var redriven = await World.SendAsync(new RedriveQuarantine());

        Assert.Equal((1234, 1234), (redriven.Records, redriven.Appended));
        Assert.Equal(1234, (await World.LoggedAsync()).Count);
    }

    [Fact]
    public async Task A_log_that_is_down_leaves_the_records_to_be_redriven()
    {
        await GivenAsync(Some.Poison(1, Good));
        World.Log.Appending = _ => Fault.Throw(Fault.LogDown);

        await Assert.ThrowsAsync<LogUnavailableException>(() => RedriveAsync());

        Assert.Single(await World.QuarantinedAsync(includeSettled: false));
    }

    [Fact]
    public async Task A_reason_that_there_is_not_is_refused_with_those_that_there_are()
    {
        var problem = await Assert.ThrowsAsync<FluentValidation.ValidationException>(() =>
            World.SendAsync(new ListQuarantine { Reason = new RejectionCode("invalid-tme") })
        );
        Assert.Contains(
            "There is no reason 'invalid-tme'; there are: malformed, ",
            problem.Message,
            StringComparison.Ordinal
        );
        Assert.Contains("invalid-time", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Records_are_listed_newest_first_and_it_is_said_if_there_are_more()
    {
        await GivenAsync(Some.Poison(3), Some.Poison(1), Some.Poison(2, Good));

        var some = await World.SendAsync(new ListQuarantine(Limit: 2));
        var oldest = await World.SendAsync(new ListQuarantine(Limit: 2) { OldestFirst = true });
        var all = await World.SendAsync(new ListQuarantine(Limit: 3));
        await RedriveAsync();
        var left = await World.SendAsync(new ListQuarantine());
        var ever = await World.SendAsync(new ListQuarantine(IncludeSettled: true));

        Assert.Equal([Some.At(3), Some.At(2)], some.Records.Select(record => record.Position));
        Assert.Equal([Some.At(1), Some.At(2)], oldest.Records.Select(record => record.Position));
        Assert.Equal((true, false), (some.More, all.More));
        Assert.Equal((2, 3), (left.Records.Count, ever.Records.Count));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(10_001)]
    public async Task A_limit_out_of_range_is_refused(int limit) =>
        await Assert.ThrowsAsync<FluentValidation.ValidationException>(() =>
            World.SendAsync(new ListQuarantine(limit))
        );

    private Task GivenAsync(params QuarantinedRecord[] records) =>
        World.Quarantine.AddAsync(records, CancellationToken.None);

    private Task<RedrivenQuarantine> RedriveAsync(params Position[] positions) =>
        World.SendAsync(new RedriveQuarantine(positions.Length == 0 ? null : positions.ToHashSet()));
}
