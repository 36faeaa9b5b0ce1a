using System.Globalization;
using Recommendation.Domain;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Profiles;

namespace Recommendation.Aws.DynamoDb;

/// <summary>
/// The key under which the index lists a user: the bucket's text, and where a bucket is split, the part of it but the
/// first after a point, such as <c>2026-03-14#05.11</c>. A key takes 1,000 writes a second; at midnight every active
/// user moves.
/// </summary>
internal static class ActiveIndexKey
{
    internal const int MostSplits = 16;

    internal static string Of(UserProfile profile, ActiveBucket bucket, int splits) =>
        Of(bucket, SplitOf(profile.UserId, splits));

    /// <summary>The keys of a bucket, of which the first is that of an index without splits.</summary>
    internal static IEnumerable<string> AllOf(ActiveBucket bucket, int splits) =>
        Enumerable.Range(0, splits).Select(split => Of(bucket, split));

    private static string Of(ActiveBucket bucket, int split) =>
        split == 0 ? bucket.ToString() : string.Create(CultureInfo.InvariantCulture, $"{bucket}.{split:00}");

    // Bits that decide neither about the bucket nor about the groups of the archive.
    private static int SplitOf(UserId user, int splits) => (int)((StableHash.Of(user.Value) >> 16) % (uint)splits);
}
