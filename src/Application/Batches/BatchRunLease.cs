using Recommendation.Application.Ports;
using Recommendation.Domain.Batches;

namespace Recommendation.Application.Batches;

internal static class BatchRunLease
{
    /// <summary>The lease that this attempt at the run holds, or asks for.</summary>
    internal static BatchLease LeaseUntil(this BatchRun run, DateTimeOffset expiresAt) =>
        new(run.Id, run.Attempt, expiresAt) { Owner = run.Owner };
}
