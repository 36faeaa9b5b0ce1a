using Recommendation.Application.Ports;
using Recommendation.Domain;
using Recommendation.Domain.Batches;

namespace Recommendation.Aws.S3;

/// <summary><c>batch-runs/lease.json</c>: who may work on a run.</summary>
internal sealed record LeaseDocument(int FormatVersion, string RunId, int Attempt, string ExpiresAt, string Owner = "")
    : IStoredDocument
{
    internal static LeaseDocument From(BatchLease lease) =>
        new(S3Json.Format, lease.RunId.Value, lease.Attempt, Timestamps.Format(lease.ExpiresAt), lease.Owner);

    internal BatchLease ToLease() =>
        new(BatchRunId.Parse(RunId), Attempt, StoredFormat.TimeOf(ExpiresAt)) { Owner = Owner };
}
