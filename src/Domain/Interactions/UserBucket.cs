namespace Recommendation.Domain.Interactions;

/// <summary>
/// The users in 256 groups of about the same size, by a hash of the id that never changes. All interactions of a user
/// are in one group, and a few groups are a fair sample of the users.
/// </summary>
public static class UserBucket
{
    public const int Count = 256;

    /// <returns>0 to 255.</returns>
    // Not the low bits, which decide about the 16 buckets of the active users: the groups would be samples
    // of few of those.
    public static int Of(UserId user) => (int)(StableHash.Of(user.Value) >> 56);

    /// <summary>How many of some groups make a share of the users: one at least.</summary>
    /// <param name="share">0 to 1.</param>
    /// <param name="groups">How many groups there are.</param>
    public static int CountOf(double share, int groups) => Math.Clamp((int)Math.Round(share * groups), 1, groups);
}
