using FsCheck;
using FsCheck.Fluent;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Profiles;

namespace Recommendation.Domain.Tests.Profiles;

/// <summary>
/// Whatever at-least-once delivery does to a log, and whenever a profile is folded into the history, what is remembered
/// of a user with up to 500 items is what the distinct events alone make it.
/// </summary>
public sealed class HistoryPropertyTests
{
    private static readonly ProfilePolicy s_small = new() { RecentLimit = 3, PendingLimit = 2 };

    [Fact]
    public void Any_duplication_split_and_interleaving_gives_the_memory_of_the_distinct_events() =>
        Always.Holds(Deliveries(Logs.WithoutCopies), delivery => GivesTheDistinctEvents(delivery, s_small));

    [Fact]
    public void So_do_copies_that_producers_send_of_up_to_64_ids_in_any_partition() =>
        Always.Holds(Deliveries(Logs.WithCopiesOf64Ids), delivery => GivesTheDistinctEvents(delivery, s_small));

    [Fact]
    public void So_do_copies_within_the_last_64_ids_of_a_partition_however_many_ids_there_are() =>
        Always.Holds(
            Deliveries(Logs.WithNearCopies),
            delivery => GivesTheDistinctEvents(delivery, ProfilePolicy.Default)
        );

    [Fact]
    public void Each_interaction_is_in_exactly_one_place() =>
        Always.Holds(
            Deliveries(Logs.WithoutCopies),
            delivery =>
            {
                foreach (var (profile, history) in Applied(delivery, s_small))
                {
                    var places = profile
                        .Recent.Select(HistoryEntry.FromRecent)
                        .Concat(profile.Pending.ToEntries())
                        .Concat(history.Items);
                    Assert.Equal(profile.InteractionCount, places.Sum(entry => entry.Count));
                    Assert.InRange(profile.Pending.Count, 0, s_small.PendingLimit);
                }
            }
        );

    [Fact]
    public void A_stored_history_comes_back_as_it_was() => Always.Holds(Deliveries(Logs.WithoutCopies), delivery =>
    {
        var history = Applied(delivery, s_small)[^1].History;
        Assert.Equal(history, HistoryCodec.Read(HistoryCodec.Write(history)));
    });

    [Fact]
    public void The_cases_hold_what_is_hard()
    {
        var deliveries = Deliveries(Logs.WithoutCopies).Sample(100, new Rnd(1), 300).ToArray();

        Assert.Contains(deliveries, one => one.Log.Select(e => e.ItemId).Distinct().Count() > 150);
        Assert.Contains(deliveries, one => one.Log.Count(e => e.Value is not null) > 50);
        Assert.Contains(deliveries, one => Applied(one, s_small)[^1].Profile.HistoryKey is { Version: > 50 });
        Assert.All(
            deliveries,
            one => Assert.InRange(one.Log.Select(e => e.ItemId).Distinct().Count(), 0, UserHistory.MaximumItems)
        );
    }

    private static Gen<Delivery> Deliveries(Gen<Interaction[][]> logs) => Delivery.Of(Logs.WithManyItems(logs));

    private static void GivesTheDistinctEvents(Delivery delivery, ProfilePolicy policy)
    {
        var (profile, history) = Applied(delivery, policy)[^1];
        var events = delivery
            .Log.DistinctBy(one => one.Position)
            .DistinctBy(one => one.EventId?.Value ?? one.Position.ToString(), StringComparer.Ordinal)
            .ToArray();
        foreach (
            var hides in new Func<InteractionType, bool>[]
            {
                _ => true,
                _ => false,
                type => type.Value is "purchase" or "share",
                type => type.Value != "view",
            }
        )
        {
            var memory = UserMemory.Of(profile, history, hides);
            Assert.Equal(UserHistory.From(events), memory.History);
            var hidden = events.Where(one => hides(one.Type)).Select(one => one.ItemId).ToHashSet();
            Assert.All(events, one => Assert.Equal(hidden.Contains(one.ItemId), memory.ActedOn.Contains(one.ItemId)));
            Assert.False(memory.ActedOn.Contains(ItemId.Parse("never")));
        }
    }

    /// <summary>The profile and its history after each run, folded as a writer folds them.</summary>
    private static List<(UserProfile Profile, StoredHistory History)> Applied(Delivery delivery, ProfilePolicy policy)
    {
        var states = new List<(UserProfile, StoredHistory)>();
        var (profile, history) = (Some.Profile, StoredHistory.Empty);
        foreach (var run in delivery.Runs)
        {
            var applied = profile.Apply(run, policy);
            profile = applied.Profile with { Version = profile.Version + 1 };
            if (applied.NeedsCompaction)
            {
                history = history.With(profile.Pending);
                profile = profile.WithHistory(HistoryKey.New(profile.Version, (ulong)run.Length));
            }
            states.Add((profile, history));
        }
        return states;
    }
}
