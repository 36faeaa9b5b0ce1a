using Recommendation.Domain.Interactions;

namespace Recommendation.Domain.Profiles;

/// <summary>
/// An anonymous id and the user that it was merged into are one person to readers. Each profile names the other, and
/// nothing is copied: events stay with the id that they came with. A link that only one of the profiles has does not
/// count: it is of a merge that was interrupted, or of an erasure under way.
/// </summary>
public static class MergeLinks
{
    /// <summary>How many ids may be merged into a user: each is read whenever the user is.</summary>
    public const int Maximum = 50;

    /// <summary>Whether the profiles name each other.</summary>
    public static bool Join(UserProfile anonymous, UserProfile user)
    {
        ArgumentNullException.ThrowIfNull(anonymous);
        ArgumentNullException.ThrowIfNull(user);
        return anonymous.MergedInto == user.UserId && user.MergedUsers.Contains(anonymous.UserId);
    }

    /// <summary>Why an anonymous id can't be merged into a user; null if it can, or is already.</summary>
    /// <param name="anonymous">The anonymous id's profile.</param>
    /// <param name="user">The user's profile.</param>
    /// <param name="others">The profiles that <see cref="UserProfile.MergedInto"/> of the two names.</param>
    public static string? ProblemOf(
        UserProfile anonymous, UserProfile user, IReadOnlyDictionary<UserId, UserProfile> others)
    {
        ArgumentNullException.ThrowIfNull(anonymous);
        ArgumentNullException.ThrowIfNull(user);
        ArgumentNullException.ThrowIfNull(others);
        if (anonymous.UserId == user.UserId)
            return $"'{user.UserId}' can't be merged into itself: name the user that the anonymous id belongs to.";
        if (Join(anonymous, user))
            return null;
        if (IsMerged(user, others))
            return $"'{user.UserId}' was itself merged into another user: merge '{anonymous.UserId}' into that user.";
        if (IsMerged(anonymous, others))
            return $"'{anonymous.UserId}' was merged into another user before. Give each person an anonymous id of "
                + "their own, and a new one after a logout.";
        if (anonymous.MergedUsers.Count > 0)
            return $"Other ids were merged into '{anonymous.UserId}', so it is a user and no anonymous id: it can't be "
                + "merged into another user.";
        return user.MergedUsers.Count >= Maximum && !user.MergedUsers.Contains(anonymous.UserId)
            ? $"{Maximum} ids were merged into '{user.UserId}', and more are not possible: keep the anonymous id of a "
                + "browser for as long as its visitor is the same."
            : null;
    }

    /// <summary>What readers see of a user: the sums of the profiles of all of the user's ids.</summary>
    /// <returns>With the id, version and links of the user's own profile. It is not to be saved.</returns>
    internal static UserProfile Sum(UserProfile own, IReadOnlyList<UserProfile> others)
    {
        UserProfile[] all = [own, .. others];
        return own with
        {
            FirstInteraction = all.Min(profile => profile.FirstInteraction),
            InteractionCount = all.Sum(profile => profile.InteractionCount),
            Counts =
            [
                .. all.SelectMany(profile => profile.Counts)
                    .GroupBy(count => count.Type)
                    .Select(counts => new TypeCount(counts.Key, counts.Sum(count => count.Count)))
                    .OrderBy(count => count.Type),
            ],
            Recent =
            [
                .. all.SelectMany(profile => profile.Recent)
                    .OrderDescending()
                    .Take(Math.Max(ProfilePolicy.Default.RecentLimit, all.Max(profile => profile.Recent.Count))),
            ],
            MissesHistory = Array.Exists(all, profile => profile.MissesHistory),
        };
    }

    private static bool IsMerged(UserProfile profile, IReadOnlyDictionary<UserId, UserProfile> others) =>
        profile.MergedInto is { } into && others.TryGetValue(into, out var owner) && Join(profile, owner);
}
