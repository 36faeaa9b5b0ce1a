namespace Recommendation.Application.Ports;

/// <summary>Says who works on a run, for those who only look. <see cref="IBatchRuns"/> grants the lease.</summary>
public interface IBatchLeases
{
    /// <returns>The lease that somebody holds: it has not run out, and its holder is not known to be dead. Null where
    /// nobody does.</returns>
    Task<BatchLease?> FindHeldAsync(DateTimeOffset now, CancellationToken cancellationToken);
}
