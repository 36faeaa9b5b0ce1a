using Recommendation.Application.Ports;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Profiles;

namespace Recommendation.Application.Profiles;

/// <summary>Reads what is remembered of users: profile, history, and the items that they acted on.</summary>
internal sealed class UserMemories(IProfileStore profiles)
{
    /// <summary>Of one user; empty for a user never seen.</summary>
    internal async Task<UserMemory> FindAsync(UserId user, CancellationToken cancellationToken) =>
        (await LoadAsync([user], cancellationToken)).GetValueOrDefault(user) ?? Of(UserProfile.New(user));

    /// <returns>Of the users that have a profile, tombstones included; users without one are absent.</returns>
    internal async Task<IReadOnlyDictionary<UserId, UserMemory>> LoadAsync(
        IReadOnlyCollection<UserId> users, CancellationToken cancellationToken) =>
        (await profiles.LoadAsync(users, cancellationToken)).ToDictionary(pair => pair.Key, pair => Of(pair.Value));

    private static UserMemory Of(UserProfile profile) =>
        new(profile, [.. profile.Recent], new RecentItems(profile.Recent.Select(recent => recent.ItemId).ToHashSet()));

    private sealed class RecentItems(HashSet<ItemId> items) : IActedOnItems
    {
        public bool Contains(ItemId item) => items.Contains(item);
    }
}
