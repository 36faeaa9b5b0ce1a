using Recommendation.Application.Ports;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Profiles;

namespace Recommendation.Application.Profiles;

/// <summary>Reads what is remembered of users: profile, history, and the items that they acted on.</summary>
internal sealed class UserMemories(IProfileStore profiles, IHistoryStore histories, RecommendationOptions options)
{
    /// <summary>How often a profile is read again whose history was replaced while it was read.</summary>
    private const int MaximumRereads = 3;

    /// <summary>Of one user; empty for a user never seen.</summary>
    internal async Task<UserMemory> FindAsync(UserId user, CancellationToken cancellationToken) =>
        (await LoadAsync([user], cancellationToken)).GetValueOrDefault(user)
        ?? UserMemory.Of(UserProfile.New(user), stored: null, Hides);

    /// <returns>
    /// Of the users that have a profile, tombstones included; users without one are absent. Each with what is
    /// remembered of the ids that were merged with it.
    /// </returns>
    internal async Task<IReadOnlyDictionary<UserId, UserMemory>> LoadAsync(
        IReadOnlyCollection<UserId> users, CancellationToken cancellationToken)
    {
        var own = await LoadEachAsync(users, cancellationToken);
        if (!own.Values.Any(memory => memory.Profile.HasLinks))
            return own;
        var known = new Dictionary<UserId, UserMemory>(own);
        await AddAsync(known, own.Values.Select(memory => memory.Profile.MergedInto).OfType<UserId>());
        await AddAsync(known, known.Values.SelectMany(memory => memory.Profile.MergedUsers));
        return own.ToDictionary(one => one.Key, one => one.Value.With(OthersOf(one.Value, known)));

        async Task AddAsync(Dictionary<UserId, UserMemory> memories, IEnumerable<UserId> linked)
        {
            var missing = linked.Where(user => !memories.ContainsKey(user)).ToHashSet();
            foreach (var (user, memory) in await LoadEachAsync(missing, cancellationToken))
                memories.Add(user, memory);
        }
    }

    /// <summary>The other ids of a person, as far as their profiles name each other.</summary>
    private static List<UserMemory> OthersOf(UserMemory memory, Dictionary<UserId, UserMemory> known)
    {
        var owner = memory.Profile.MergedInto is { } into && known.GetValueOrDefault(into) is { } named
            && MergeLinks.Join(memory.Profile, named.Profile) ? named : memory;
        return [.. owner.Profile.MergedUsers.Select(user => known.GetValueOrDefault(user)).OfType<UserMemory>()
            .Where(merged => MergeLinks.Join(merged.Profile, owner.Profile))
            .Prepend(owner)
            .Where(one => one.UserId != memory.UserId)];
    }

    private async Task<Dictionary<UserId, UserMemory>> LoadEachAsync(
        IReadOnlyCollection<UserId> users, CancellationToken cancellationToken)
    {
        var memories = new Dictionary<UserId, UserMemory>(users.Count);
        for (var attempt = 0; users.Count > 0; attempt++)
        {
            var loaded = await profiles.LoadAsync(users, cancellationToken);
            var named = loaded.Values.Where(profile => profile.HistoryKey is not null)
                .Select(profile => new HistoryName(profile.UserId, profile.HistoryKey!.Value)).ToList();
            var stored = named.Count == 0 ? null : await histories.LoadAsync(named, cancellationToken);
            var unread = new List<UserId>();
            foreach (var (user, profile) in loaded)
            {
                var history = stored?.GetValueOrDefault(user);
                if (history is null && profile.HistoryKey is not null && attempt < MaximumRereads)
                    unread.Add(user);
                else
                    memories[user] = UserMemory.Of(profile, history, Hides);
            }
            users = unread;
        }
        return memories;
    }

    /// <summary>Whether an interaction of a type hides its item from the user's lists.</summary>
    private bool Hides(InteractionType type) => options.EventTypes.Hides(type);
}
