using Recommendation.Application.Ports;
using Recommendation.Domain.Erasures;
using Recommendation.Domain.Interactions;

namespace Recommendation.ModelServer.Training;

/// <summary>A training job knows no erasures: erased users are gone from the archive that it is given.</summary>
internal sealed class NoErasures : IErasures
{
    public TimeSpan SettleTime => TimeSpan.Zero;

    public Task<Erasure> BeginAsync(UserId user, DateTimeOffset requestedAt, CancellationToken cancellationToken) =>
        throw Refused();

    public Task<Erasure?> FindAsync(ErasureId id, CancellationToken cancellationToken) =>
        Task.FromResult<Erasure?>(null);

    public Task<Erasure?> SaveAsync(Erasure erasure, CancellationToken cancellationToken) => throw Refused();

    public IAsyncEnumerable<Erasure> ListAsync(
        bool includeFinished,
        DateTimeOffset? since,
        CancellationToken cancellationToken
    ) => AsyncEnumerable.Empty<Erasure>();

    private static NotSupportedException Refused() => new("A training job erases nobody.");
}
