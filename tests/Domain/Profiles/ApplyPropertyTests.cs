using FsCheck;
using FsCheck.Fluent;
using Recommendation.Domain.Profiles;

namespace Recommendation.Domain.Tests.Profiles;

/// <summary>
/// Whatever at-least-once delivery does to a log, the profile is what the distinct events alone make it.
/// </summary>
public sealed class ApplyPropertyTests
{
    [Fact]
    public void Any_duplication_split_and_interleaving_gives_what_the_distinct_events_give() =>
        Always.Holds(Delivery.Of(Logs.WithoutCopies), GivesTheDistinctEvents);

    [Fact]
    public void So_do_copies_that_producers_send_of_up_to_64_ids_in_any_partition() =>
        Always.Holds(Delivery.Of(Logs.WithCopiesOf64Ids), GivesTheDistinctEvents);

    [Fact]
    public void So_do_copies_within_the_last_64_ids_of_a_partition_however_many_ids_there_are() =>
        Always.Holds(Delivery.Of(Logs.WithNearCopies), GivesTheDistinctEvents);

    [Fact]
    public void Each_call_accounts_for_every_interaction_and_what_changes_nothing_gives_the_same_instance() =>
        Always.Holds(Delivery.Of(Logs.WithCopiesOf64Ids), delivery =>
        {
            var profile = Some.Profile;
            foreach (var run in delivery.Runs)
            {
                var next = profile.Apply(run, ProfilePolicy.Default);
                Assert.Equal(run.Length, next.Counted + next.Redelivered + next.Repeated + next.Erased);
                Assert.Equal(profile.InteractionCount + next.Counted, next.Profile.InteractionCount);
                Assert.Equal(next.Counted + next.Repeated == 0, ReferenceEquals(profile, next.Profile));
                profile = next.Profile;
            }
        });

    [Fact]
    public void The_order_of_a_call_does_not_matter()
    {
        var calls = from log in Gen.OneOf(Logs.WithCopiesOf64Ids, Logs.WithNearCopies)
                    from shuffled in Gen.Shuffle(log.SelectMany(partition => partition).ToArray())
                    select (Log: log, Shuffled: shuffled);

        Always.Holds(
            calls,
            call =>
                Same(
                    Some.Profile.Applying([.. call.Log.SelectMany(partition => partition)]),
                    Some.Profile.Applying(call.Shuffled)
                )
        );
    }

    [Fact]
    public void The_cases_hold_what_is_hard()
    {
        var logs = Gen.OneOf(Logs.WithCopiesOf64Ids, Logs.WithoutCopies, Logs.WithNearCopies);
        var deliveries = Delivery.Of(logs).Sample(100, new Rnd(1), 300).ToArray();

        Assert.True(Occurs(one => one.Partitions.Length >= 5));
        Assert.True(Occurs(one => one.Log.Count() > 300));
        Assert.True(Occurs(one => one.Log.DistinctBy(e => e.EventId).Count() > 200));
        Assert.True(Occurs(one => one.Log.GroupBy(e => e.OccurredAt).Any(ties => ties.Count() > 50)));
        Assert.True(
            Occurs(one =>
                one.Log.Where(e => e.EventId is not null).GroupBy(e => e.EventId).Any(copies => copies.Count() > 3)
            )
        );
        Assert.True(Occurs(one => one.Log.Count(e => e.EventId is null) > 50));
        Assert.True(Occurs(one => one.Log.Any(e => e.Position.Index > 2)));
        Assert.True(Occurs(one => one.Runs.Length > 50));
        Assert.True(
            deliveries.Average(one => (double)one.Runs.Sum(run => run.Length) / Math.Max(1, one.Log.Count())) > 2
        );

        bool Occurs(Func<Delivery, bool> test) => deliveries.Any(test);
    }

    private static void GivesTheDistinctEvents(Delivery delivery)
    {
        var delivered = delivery.Runs.Aggregate(
            Some.Profile,
            (profile, run) => profile.Apply(run, ProfilePolicy.Default).Profile
        );

        Same(CleanPass.Over(delivery.Log), delivered);
    }

    internal static void Same(UserProfile expected, UserProfile actual)
    {
        Assert.Equal(expected.InteractionCount, actual.InteractionCount);
        Assert.Equal(expected.Counts, actual.Counts);
        Assert.Equal(expected.Recent, actual.Recent);
        Assert.Equal(expected.FirstInteraction, actual.FirstInteraction);
        Assert.Equal(expected.LastInteraction, actual.LastInteraction);
        Assert.Equal(expected.LastItemId, actual.LastItemId);
        Assert.Equal(expected.ActiveBucket, actual.ActiveBucket);
    }
}
