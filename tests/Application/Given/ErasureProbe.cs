using Recommendation.Application.Ports;
using Recommendation.Domain.Erasures;
using Recommendation.Domain.Interactions;

namespace Recommendation.Application.Tests.Given;

/// <summary>Records of erasures, whose saves can be cut off as by the end of the process.</summary>
internal sealed class ErasureProbe(IErasures inner) : IErasures
{
    internal int Saves { get; set; }

    /// <summary>Runs before a save, with its number; may throw.</summary>
    internal Action<int>? Saving { get; set; }

    /// <summary>Runs after a save, with its number; may throw.</summary>
    internal Action<int>? Saved { get; set; }

    public TimeSpan SettleTime { get; set; }

    public Task<Erasure> BeginAsync(UserId user, DateTimeOffset requestedAt, CancellationToken cancellationToken) =>
        inner.BeginAsync(user, requestedAt, cancellationToken);

    public Task<Erasure?> FindAsync(ErasureId id, CancellationToken cancellationToken) =>
        inner.FindAsync(id, cancellationToken);

    public async Task<Erasure?> SaveAsync(Erasure erasure, CancellationToken cancellationToken)
    {
        var number = ++Saves;
        Saving?.Invoke(number);
        var saved = await inner.SaveAsync(erasure, cancellationToken);
        Saved?.Invoke(number);
        return saved;
    }

    public IAsyncEnumerable<Erasure> ListAsync(
        bool includeFinished,
        DateTimeOffset? since,
        CancellationToken cancellationToken
    ) => inner.ListAsync(includeFinished, since, cancellationToken);
}
