using Recommendation.Domain.Erasures;
using Recommendation.Domain.Interactions;

namespace Recommendation.Application.Ports;

/// <summary>
/// The records of erasures. An erasure begins by a record in the log, whose place there decides what it covers.
/// </summary>
public interface IErasures
{
    /// <summary>
    /// How long writers that began before an erasure, and deliveries, may still store something: then every place is
    /// swept once more.
    /// </summary>
    TimeSpan SettleTime { get; }

    /// <summary>
    /// Appends the record of an erasure to the log and stores it. When the task ends, it is durable and
    /// will be carried out.
    /// </summary>
    /// <exception cref="UnavailableException">Nothing is known to have begun; ask again.</exception>
    Task<Erasure> BeginAsync(UserId user, DateTimeOffset requestedAt, CancellationToken cancellationToken);

    /// <returns>Null if there is no such erasure.</returns>
    Task<Erasure?> FindAsync(ErasureId id, CancellationToken cancellationToken);

    /// <summary>
    /// Stores an erasure if the stored version is still <see cref="Erasure.Version"/>. One that is finished leaves no
    /// trace of what it removed: not even in files that the store itself writes ahead.
    /// </summary>
    /// <returns>The stored erasure, as the next version; null if another version is stored.</returns>
    Task<Erasure?> SaveAsync(Erasure erasure, CancellationToken cancellationToken);

    /// <summary>The erasures that are not finished, oldest first; with the finished ones, the newest first.</summary>
    /// <param name="includeFinished">Whether to list finished ones as well.</param>
    /// <param name="since">Leaves out what was requested before; null for all.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    IAsyncEnumerable<Erasure> ListAsync(
        bool includeFinished,
        DateTimeOffset? since,
        CancellationToken cancellationToken
    );
}
