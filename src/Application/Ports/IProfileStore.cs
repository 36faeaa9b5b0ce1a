using Recommendation.Domain.Interactions;
using Recommendation.Domain.Profiles;

namespace Recommendation.Application.Ports;

/// <summary>User profiles, saved with optimistic concurrency.</summary>
public interface IProfileStore
{
    /// <summary>Loads many profiles with a strongly consistent read.</summary>
    /// <returns>
    /// The profiles found, tombstones of erased users included; users without one are absent.
    /// </returns>
    Task<IReadOnlyDictionary<UserId, UserProfile>> LoadAsync(
        IReadOnlyCollection<UserId> users,
        CancellationToken cancellationToken
    );

    /// <summary>
    /// Saves each profile if the stored version is still <see cref="UserProfile.Version"/> (0: none is stored), as the
    /// next version. Profiles are saved or not one by one; a store with transactions may save all that can be in one.
    /// </summary>
    /// <param name="profiles">At most one per user.</param>
    /// <param name="checkpoint">
    /// How far the log is applied once all of these profiles are saved. Stored, atomically with them, only if every
    /// one is; null where somebody else keeps the checkpoint.
    /// </param>
    /// <param name="cancellationToken">Stops waiting; what was sent may still be saved.</param>
    /// <returns>One outcome per profile, in the same order. Failures are outcomes, so that one user's does
    /// not hide the others'.</returns>
    Task<IReadOnlyList<SaveOutcome>> SaveAsync(
        IReadOnlyList<UserProfile> profiles,
        Position? checkpoint,
        CancellationToken cancellationToken
    );

    /// <summary>The last checkpoint saved for a partition; null where there is none.</summary>
    Task<Position?> CheckpointAsync(string partition, CancellationToken cancellationToken);

    /// <summary>
    /// The users of a bucket whose last interaction is on one of the days, days ascending. A user who becomes active
    /// while this is read may be listed twice and is never missed.
    /// </summary>
    /// <param name="bucket">0 … <see cref="ActiveBucket.Count"/> - 1.</param>
    IAsyncEnumerable<UserId> ActiveUsersAsync(
        int bucket,
        DateOnly from,
        DateOnly through,
        CancellationToken cancellationToken
    );

    /// <summary>Every profile, tombstones included, in the order that is cheapest for the store.</summary>
    IAsyncEnumerable<UserProfile> AllAsync(CancellationToken cancellationToken);
}
