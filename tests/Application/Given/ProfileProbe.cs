using Recommendation.Application.Ports;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Profiles;

namespace Recommendation.Application.Tests.Given;

/// <summary>A profile store that tells what it was asked and fails on request.</summary>
internal sealed class ProfileProbe(IProfileStore inner) : IProfileStore
{
    internal List<UserId[]> Loads { get; } = [];

    internal List<UserProfile[]> Saves { get; } = [];

    internal List<Position?> Checkpoints { get; } = [];

    /// <summary>Runs before a load reads; may throw.</summary>
    internal Func<IReadOnlyCollection<UserId>, Task>? Loading { get; set; }

    /// <summary>Runs before a save writes; may throw.</summary>
    internal Func<IReadOnlyList<UserProfile>, Task>? Saving { get; set; }

    /// <summary>Runs after a save has written; may throw, and the answer is lost.</summary>
    internal Func<Task>? Saved { get; set; }

    /// <summary>What a profile's save ends with instead of being tried; null to try it.</summary>
    internal Func<UserProfile, SaveOutcome?> Outcome { get; set; } = _ => null;

    internal void Heal() => (Loading, Saving, Saved, Outcome) = (null, null, null, _ => null);

    public async Task<IReadOnlyDictionary<UserId, UserProfile>> LoadAsync(
        IReadOnlyCollection<UserId> users,
        CancellationToken cancellationToken
    )
    {
        lock (Loads)
            Loads.Add([.. users]);
        if (Loading is not null)
            await Loading(users);
        return await inner.LoadAsync(users, cancellationToken);
    }

    public async Task<IReadOnlyList<SaveOutcome>> SaveAsync(
        IReadOnlyList<UserProfile> profiles, Position? checkpoint, CancellationToken cancellationToken)
    {
        Saves.Add([.. profiles]);
        Checkpoints.Add(checkpoint);
        if (Saving is not null)
            await Saving(profiles);
        var forced = profiles.Select(Outcome).ToArray();
        var tried = profiles.Where((_, i) => forced[i] is null).ToList();
        var outcomes = new Queue<SaveOutcome>(
            await inner.SaveAsync(tried, forced.All(outcome => outcome is null) ? checkpoint : null, cancellationToken)
        );
        if (Saved is not null)
            await Saved();
        return [.. forced.Select(outcome => outcome ?? outcomes.Dequeue())];
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
}
