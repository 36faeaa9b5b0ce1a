using Recommendation.Application.Ports;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Profiles;

namespace Recommendation.Benchmarks.Stream;

/// <summary>
/// A store that fails before it writes and after, for all of a call and for one profile, and that others write to.
/// </summary>
internal sealed class FaultyStore(IProfileStore inner, Random random) : IProfileStore
{
    internal long Faults { get; private set; }

    public Task<IReadOnlyDictionary<UserId, UserProfile>> LoadAsync(
        IReadOnlyCollection<UserId> users,
        CancellationToken cancellationToken
    ) =>
        IsHit(50)
            ? throw new StoreUnavailableException("As the soak asked.")
            : inner.LoadAsync(users, cancellationToken);

    public async Task<IReadOnlyList<SaveOutcome>> SaveAsync(
        IReadOnlyList<UserProfile> profiles, Position? checkpoint, CancellationToken cancellationToken)
    {
        if (IsHit(50))
            throw new StoreUnavailableException("As the soak asked.");
        var outcomes = new SaveOutcome[profiles.Count];
        for (var i = 0; i < profiles.Count; i++)
            outcomes[i] = await SaveAsync(profiles[i], cancellationToken);
        return IsHit(50) ? throw new StoreUnavailableException("The answer was lost, as the soak asked.") : outcomes;
    }

    public Task<Position?> CheckpointAsync(string partition, CancellationToken cancellationToken) =>
        inner.CheckpointAsync(partition, cancellationToken);

    public IAsyncEnumerable<UserId> ActiveUsersAsync(
        int bucket,
        DateOnly from,
        DateOnly through,
        CancellationToken cancellationToken
    ) => inner.ActiveUsersAsync(bucket, from, through, cancellationToken);

    public IAsyncEnumerable<UserProfile> AllAsync(CancellationToken cancellationToken) =>
        inner.AllAsync(cancellationToken);

    private async Task<SaveOutcome> SaveAsync(UserProfile profile, CancellationToken cancellationToken)
    {
        if (IsHit(5_000))
            return SaveOutcome.Failed("As the soak asked.");
        // Saved, but its answer was lost and it was sent again: it meets its own version.
        if (IsHit(2_000))
        {
            await inner.SaveAsync([profile], checkpoint: null, cancellationToken);
            return SaveOutcome.Conflict;
        }
        // Somebody else saved the same profile since it was loaded.
        if (
            IsHit(2_000)
            && (await inner.LoadAsync([profile.UserId], cancellationToken)).TryGetValue(profile.UserId, out var stored)
        )
            await inner.SaveAsync([stored], checkpoint: null, cancellationToken);
        return (await inner.SaveAsync([profile], checkpoint: null, cancellationToken))[0];
    }

    private bool IsHit(int oneIn)
    {
        if (random.Next(oneIn) != 0)
            return false;
        Faults++;
        return true;
    }
}
