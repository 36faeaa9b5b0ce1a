using System.Globalization;
using Recommendation.Domain.Interactions;

namespace Recommendation.Domain.Profiles;

/// <summary>
/// Where the index of active users lists a user: the day of the last interaction and one of 16 buckets
/// by the user's hash.
/// </summary>
public readonly record struct ActiveBucket(DateOnly Day, int Bucket)
{
    public const int Count = 16;

    public static ActiveBucket Of(UserId user, DateTimeOffset lastInteraction) =>
        new(DateOnly.FromDateTime(lastInteraction.UtcDateTime), BucketOf(user));

    public static int BucketOf(UserId user) => (int)(StableHash.Of(user.Value) % Count);

    /// <summary>The stored form, <c>yyyy-MM-dd#00</c> … <c>#15</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Day:yyyy-MM-dd}#{Bucket:00}");
}
