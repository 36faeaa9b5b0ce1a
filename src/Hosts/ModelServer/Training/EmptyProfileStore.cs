using Recommendation.Application.Ports;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Profiles;

namespace Recommendation.ModelServer.Training;

/// <summary>A training job knows no profiles: erased users are gone from the archive that it is given.</summary>
internal sealed class EmptyProfileStore : IProfileStore
{
    public Task<IReadOnlyDictionary<UserId, UserProfile>> LoadAsync(
        IReadOnlyCollection<UserId> users,
        CancellationToken cancellationToken
    ) => Task.FromResult<IReadOnlyDictionary<UserId, UserProfile>>(new Dictionary<UserId, UserProfile>());

    public Task<IReadOnlyList<SaveOutcome>> SaveAsync(
        IReadOnlyList<UserProfile> profiles,
        Position? checkpoint,
        CancellationToken cancellationToken
    ) => throw new NotSupportedException("A training job saves no profiles.");

    public Task<Position?> CheckpointAsync(string partition, CancellationToken cancellationToken) =>
        Task.FromResult<Position?>(null);

    public IAsyncEnumerable<UserId> ActiveUsersAsync(
        int bucket,
        DateOnly from,
        DateOnly through,
        CancellationToken cancellationToken
    ) => AsyncEnumerable.Empty<UserId>();

    public IAsyncEnumerable<UserProfile> AllAsync(CancellationToken cancellationToken) =>
        AsyncEnumerable.Empty<UserProfile>();
}
