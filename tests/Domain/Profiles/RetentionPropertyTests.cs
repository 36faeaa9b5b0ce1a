using FsCheck.Fluent;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Profiles;

namespace Recommendation.Domain.Tests.Profiles;

/// <summary>Weeks of a log that keeps its records for a day or a few, delivered again as late as it can.</summary>
public sealed class RetentionPropertyTests
{
    [Fact]
    public void Redelivery_within_the_retention_and_a_day_never_counts_twice_and_marks_do_not_pile_up()
    {
        var cases =
            from retention in Gen.Elements(24, 36, 48, 96)
            from events in Gen.Choose(1, 80)
            from partitions in Gen.Choose(1, 8)
            from hours in Gen.Elements(1, 7, 30)
            from seed in Gen.Choose(0, int.MaxValue)
            select (
                Retention: TimeSpan.FromHours(retention),
                Log: Write(events, partitions, hours, new Random(seed)),
                Seed: seed
            );

        Always.Holds(cases, it =>
        {
            var policy = new ProfilePolicy { LogRetention = it.Retention };
            var days = (int)Math.Ceiling(it.Retention.TotalDays) + 1;
            var random = new Random(it.Seed);
            var profile = Some.Profile;
            for (var i = 0; i < it.Log.Length; i++)
            {
                profile = profile.Apply([it.Log[i]], policy).Profile;
                var again = it.Log[..(i + 1)].Where(one =>
                    one.ArrivedAt >= it.Log[i].ArrivedAt - it.Retention - TimeSpan.FromDays(1));
                var partition = it.Log[random.Next(i + 1)].Position.Partition;
                if (random.Next(2) == 0)
                    again = again.Where(one => string.Equals(one.Position.Partition, partition,
                        StringComparison.Ordinal));
                profile = again.Chunk(random.Next(1, 9)).Aggregate(profile, (before, run) => before.Apply(run,
                    policy).Profile);
                Assert.All(profile.Marks, mark => Assert.True(mark.Day >= profile.Marks.Max(one =>
                    one.Day).AddDays(-days)));
            }
            ApplyPropertyTests.Same(CleanPass.Over(it.Log), profile);
        }, times: 150);
    }

    private static Interaction[] Write(int events, int partitions, int hours, Random random)
    {
        var arrived = Some.Noon;
        return [.. Enumerable.Range(1, events).Select(n => Some.Interaction(
            n, $"i{n}", at: Some.Noon.AddSeconds(n), partition: $"shard-{random.Next(partitions)}",
            arrived: arrived += TimeSpan.FromMinutes(random.Next(hours * 60))))];
    }
}
