using Recommendation.Application.Interactions;
using Recommendation.Application.Ports;
using Recommendation.Application.Tests.Given;
using Recommendation.Domain;
using Recommendation.Domain.Interactions;

namespace Recommendation.Application.Tests.Interactions;

/// <summary>Each event is in the log or in quarantine when the request ends.</summary>
public sealed class AppendInteractionsTests : InWorld
{
    [Fact]
    public async Task Each_event_is_in_the_log_or_in_quarantine()
    {
        var result = await AppendAsync(
            Some.Event(1),
            Some.Event(2, user: ""),
            Some.Event(3, item: "i3"),
            Some.Event(4, timestamp: "soon"),
            Some.Event(5, user: "bob")
        );

        Assert.Equal((3, 0), (result.Appended, result.Duplicates));
        Assert.Equal(
            [RejectionCode.InvalidUser, RejectionCode.InvalidTime],
            result.Rejected.Select(record => record.Rejection.Code)
        );
        Assert.Equal(["e1", "e3", "e5"], (await World.LoggedAsync()).Select(one => one.EventId!.Value.Value));
        Assert.Equal(
            [2, 4],
            (await World.QuarantinedAsync()).Select(record => int.Parse(record.Position.Sequence.Value, null))
        );
    }

    [Fact]
    public async Task Types_that_are_not_named_are_reported_by_name_and_aliases_are_stored_as_their_type()
    {
        var result = await AppendAsync(
            Typed(1, "listened"),
            Typed(2, "Listened"),
            Typed(3, "shared"),
            Typed(4, "add_to_cart"),
            Typed(5, "view")
        );
        var again = await AppendAsync(Typed(1, "listened"));

        Assert.Equal("listened (2), shared (1)", result.Unnamed.ToText());
        Assert.Equal(0, again.Unnamed.Total);
        Assert.Equal(
            ["listened", "listened", "shared", "add-to-cart", "view"],
            (await World.LoggedAsync()).Select(one => one.Type.Value)
        );

        static IncomingEvent Typed(int number, string type)
        {
            var incoming = Some.Event(number);
            return incoming with { Event = incoming.Event with { InteractionType = type } };
        }
    }

    [Fact]
    public async Task They_arrive_now()
    {
        await AppendAsync(Some.Event(1), Some.Event(2, timestamp: "2026-03-01T11:00:00Z"));

        var log = await World.LoggedAsync();
        Assert.All(log, one => Assert.Equal(Some.Noon, one.ArrivedAt));
        Assert.Equal([Some.Noon, Some.Noon.AddHours(-1)], log.Select(one => one.OccurredAt));
    }

    [Fact]
    public async Task The_newest_time_is_told_of_new_and_repeated_events()
    {
        await AppendAsync(Some.Event(1, timestamp: "2026-03-01T11:00:00Z"));

        var again = await AppendAsync(Some.Event(1, timestamp: "2026-03-01T11:00:00Z"), Some.Event(2, user: null));

        Assert.Equal((0, 1, 1), (again.Appended, again.Duplicates, again.Rejected.Count));
        Assert.Equal(Some.Noon.AddHours(-1), again.Newest);
    }

    [Fact]
    public async Task An_event_without_an_id_is_given_one_of_its_own_before_it_is_appended()
    {
        var nameless = Some.Event(1);
        nameless = nameless with { Event = nameless.Event with { EventId = null } };

        await AppendAsync(nameless, nameless);

        var ids = (await World.LoggedAsync()).Select(one => one.EventId).ToList();
        Assert.Equal(2, ids.Distinct().Count());
        Assert.DoesNotContain(null, ids);
    }

    [Fact]
    public async Task An_event_id_that_the_user_has_is_not_appended_again_and_another_users_is()
    {
        await AppendAsync(Some.Event(1, id: "same"));

        var result = await AppendAsync(Some.Event(2, id: "same"), Some.Event(3, id: "same", user: "bob"));

        Assert.Equal((1, 1), (result.Appended, result.Duplicates));
        Assert.Equal(2, (await World.LoggedAsync()).Count);
    }

    [Fact]
    public async Task Asked_again_after_a_lost_answer_it_adds_nothing()
    {
        IncomingEvent[] events = [Some.Event(1), Some.Event(2, user: "")];
        World.Log.Appended = () => Fault.Throw(Fault.LogDown);
        await Assert.ThrowsAsync<LogUnavailableException>(() => AppendAsync(events));
        World.Log.Appended = null;

        await AppendAsync(events);

        Assert.Single(await World.LoggedAsync());
        Assert.Single(await World.QuarantinedAsync());
    }

    [Fact]
    public async Task Nothing_is_appended_while_the_quarantine_is_down()
    {
        World.Quarantine.Adding = Fault.StoreDown;

        await Assert.ThrowsAsync<StoreUnavailableException>(() => AppendAsync(Some.Event(1), Some.Event(2, user: "")));

        Assert.Empty(await World.LoggedAsync());
    }

    [Fact]
    public async Task A_rejected_event_is_kept_with_its_reason_its_user_and_its_bytes()
    {
        var raw = "ann;;view"u8.ToArray();
        await AppendAsync(Some.Event(1, item: "") with { Raw = raw }, Some.Event(2, item: null));

        var kept = await World.QuarantinedAsync();
        Assert.Equal(raw, kept[0].Raw.ToArray());
        Assert.Equal("""{"eventId":"e2","userId":"ann"}""", System.Text.Encoding.UTF8.GetString(kept[1].Raw.Span));
        Assert.All(kept, record => Assert.Equal((Some.Ann, Some.Noon), (record.UserId, record.ArrivedAt)));
    }

    [Fact]
    public async Task An_event_that_could_not_be_read_is_quarantined_for_that_reason()
    {
        var problem = new Rejection(RejectionCode.Malformed, "The line is no CSV.");

        var result = await AppendAsync(Some.Event(1) with { Problem = problem });

        Assert.Equal(problem, Assert.Single(result.Rejected).Rejection);
        Assert.Empty(await World.LoggedAsync());
    }

    [Fact]
    public async Task A_time_more_than_5_minutes_ahead_is_rejected_and_5_minutes_are_not()
    {
        var result = await AppendAsync(
            Some.Event(1, timestamp: Timestamps.Format(Some.Noon.AddMinutes(5))),
            Some.Event(2, timestamp: Timestamps.Format(Some.Noon.AddMinutes(5).AddSeconds(1))));

        Assert.Equal((1, 1), (result.Appended, result.Rejected.Count));
    }

    [Fact]
    public async Task More_events_than_a_request_may_hold_are_refused_and_nothing_is_done()
    {
        var events = Enumerable.Range(0, AppendInteractions.MaximumEvents + 1).Select(n => Some.Event(n)).ToArray();

        await Assert.ThrowsAsync<FluentValidation.ValidationException>(() => AppendAsync(events));

        Assert.Equal(0, World.Log.Appends);
    }

    private Task<AppendedInteractions> AppendAsync(params IncomingEvent[] events) =>
        World.SendAsync(new AppendInteractions(events));
}
