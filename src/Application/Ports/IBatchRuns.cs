using Recommendation.Domain.Batches;

namespace Recommendation.Application.Ports;

/// <summary>The records of batch runs, and the lease that lets only one go at a time.</summary>
public interface IBatchRuns
{
    /// <summary>
    /// Takes the lease for an attempt at a run, or renews it where that attempt holds it already. A lease whose holder
    /// died or whose time has passed is free.
    /// </summary>
    /// <returns>The lease in force afterwards: the one asked for if it was granted, else the one that
    /// stands in the way.</returns>
    Task<BatchLease> LeaseAsync(BatchLease lease, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>Gives the lease back; does nothing where it is held by another attempt.</summary>
    Task ReleaseAsync(BatchLease lease, CancellationToken cancellationToken);

    /// <returns>Null where there is no such run.</returns>
    Task<BatchRun?> FindAsync(BatchRunId id, CancellationToken cancellationToken);

    /// <summary>
    /// Stores the run's record if the stored one is still the one that it replaces, so that a cancellation and a
    /// completion at once do not undo each other.
    /// </summary>
    /// <param name="run">The record to store.</param>
    /// <param name="replaces">The record as it was read; null where there was none.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The record in force afterwards: the one given, or the one that was there instead.</returns>
    Task<BatchRun> SaveAsync(BatchRun run, BatchRun? replaces, CancellationToken cancellationToken);

    /// <summary>The latest runs, newest start first.</summary>
    Task<IReadOnlyList<BatchRun>> ListAsync(int limit, CancellationToken cancellationToken);
}

/// <summary>The right to work on a run.</summary>
/// <param name="RunId">The run.</param>
/// <param name="Attempt">Which start of it; tells two starts of the same run apart.</param>
/// <param name="ExpiresAt">When it is free again unless renewed; stores that know when a holder died need
/// not wait for it.</param>
public sealed record BatchLease(BatchRunId RunId, int Attempt, DateTimeOffset ExpiresAt)
{
    /// <summary>
    /// Who began the attempt; tells two starts apart that saw the same last attempt, since they came at once.
    /// </summary>
    public string Owner { get; init; } = "";

    /// <summary>Whether both are of the same start of the same run, whatever their times.</summary>
    public bool IsHeldBy(BatchLease other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return RunId == other.RunId
            && Attempt == other.Attempt
            && string.Equals(Owner, other.Owner, StringComparison.Ordinal);
    }
}
