using Recommendation.Application.Ports;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Profiles;

namespace Recommendation.Contracts;

/// <summary>How every profile store lists the active users.</summary>
public abstract class ActiveUsersContract : Contract<IProfileStore>
{
    private static readonly DateOnly s_day = DateOnly.FromDateTime(Some.Noon.UtcDateTime);

    [Fact]
    public async Task Every_active_user_is_listed_once_over_all_buckets()
    {
        var users = Enumerable.Range(0, 1_300).Select(i => $"user-{i}").ToList();
        await Port.SaveAsync(
            [.. users.Select((user, i) => Some.Profile(user, Some.Noon.AddDays(-(i % 3))))],
            null,
            None
        );
        var listed = new List<UserId>();
        for (var bucket = 0; bucket < ActiveBucket.Count; bucket++)
        {
            var ofBucket = await ActiveAsync(bucket, s_day.AddDays(-2), s_day);
            Assert.All(ofBucket, user => Assert.Equal(bucket, ActiveBucket.BucketOf(user)));
            listed.AddRange(ofBucket);
        }
        Assert.Equal(
            users.Order(StringComparer.Ordinal),
            listed.Select(user => user.Value).Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public async Task Both_ends_of_the_days_count_and_days_ascend()
    {
        var bucket = ActiveBucket.BucketOf(Some.User("u"));
        var users = Enumerable
            .Range(0, 10_000)
            .Select(i => $"u{i}")
            .Where(id => ActiveBucket.BucketOf(Some.User(id)) == bucket)
            .Take(5)
            .ToArray();
        await Port.SaveAsync([.. users.Select((user, i) => Some.Profile(user, Some.Noon.AddDays(2 - i)))], null, None);

        var listed = await ActiveAsync(bucket, s_day.AddDays(-1), s_day.AddDays(1));
        Assert.Equal([users[3], users[2], users[1]], listed.Select(user => user.Value));
        Assert.Empty(await ActiveAsync(bucket, s_day.AddDays(3), s_day.AddDays(9)));
        Assert.Empty(await ActiveAsync(bucket, s_day.AddDays(1), s_day.AddDays(-1)));
    }

    [Fact]
    public async Task A_user_moves_to_the_day_of_the_last_interaction()
    {
        var bucket = ActiveBucket.BucketOf(Some.User("u1"));
        await Port.SaveAsync([Some.Profile("u1")], null, None);
        await Port.SaveAsync([Some.Profile("u1", Some.Noon.AddDays(1)) with { Version = 1 }], null, None);
        Assert.Empty(await ActiveAsync(bucket, s_day, s_day));
        Assert.Single(await ActiveAsync(bucket, s_day.AddDays(1), s_day.AddDays(1)));

        await Port.SaveAsync([Some.Profile("u1", Some.Noon.AddDays(1).AddHours(1)) with { Version = 2 }], null, None);
        Assert.Single(await ActiveAsync(bucket, s_day, s_day.AddDays(9)));
    }

    [Fact]
    public async Task An_erased_user_is_not_active()
    {
        var bucket = ActiveBucket.BucketOf(Some.User("u1"));
        await Port.SaveAsync([Some.Profile("u1")], null, None);
        await Port.SaveAsync([(Some.Profile("u1") with { Version = 1 }).Erase(Some.Noon)], null, None);
        Assert.Empty(await ActiveAsync(bucket, DateOnly.MinValue, DateOnly.MaxValue));
    }

    [Fact]
    public async Task A_user_who_is_active_again_while_the_list_is_read_is_not_missed()
    {
        var bucket = ActiveBucket.BucketOf(Some.User("u"));
        var users = Enumerable
            .Range(0, 50_000)
            .Select(i => $"u{i}")
            .Where(id => ActiveBucket.BucketOf(Some.User(id)) == bucket)
            .Take(1_200)
            .ToArray();
        await Port.SaveAsync([.. users.Select(user => Some.Profile(user, Some.Noon.AddDays(-1)))], null, None);

        var listed = new HashSet<string>(StringComparer.Ordinal);
        var isFirst = true;
        await foreach (var user in Port.ActiveUsersAsync(bucket, s_day.AddDays(-9), s_day.AddDays(1), None))
        {
            listed.Add(user.Value);
            if (!isFirst)
                continue;
            isFirst = false;
            await Port.SaveAsync([.. users.Select(id => Some.Profile(id, Some.Noon) with { Version = 1 })], null, None);
        }
        Assert.Equal(users.Order(StringComparer.Ordinal), listed.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(ActiveBucket.Count)]
    public async Task There_are_sixteen_buckets(int bucket) =>
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => ActiveAsync(bucket, s_day, s_day));

    private async Task<List<UserId>> ActiveAsync(int bucket, DateOnly from, DateOnly through) =>
        await ListAsync(Port.ActiveUsersAsync(bucket, from, through, None));
}
