using System.Globalization;
using Recommendation.Application.Ports;
using Recommendation.Domain.Batches;

namespace Recommendation.Local.Files;

/// <summary><c>batch-runs/.lease.json</c>.</summary>
/// <param name="Holder">The file that the holder's process keeps locked for as long as it lives.</param>
/// <param name="Process">Who that is, for the operator.</param>
internal sealed record LeaseDocument(
    int FormatVersion,
    string RunId,
    int Attempt,
    DateTimeOffset ExpiresAt,
    string Holder,
    string Process,
    string Owner = ""
) : IStoredDocument
{
    private const string HolderPrefix = ".holder-";
    private const string HolderSuffix = ".lock";

    /// <summary>
    /// Whether a text is the name of a holder's file in the folder of the runs: no path to elsewhere.
    /// </summary>
    internal static bool IsHolder(string holder) =>
        holder.StartsWith(HolderPrefix, StringComparison.Ordinal)
        && holder.EndsWith(HolderSuffix, StringComparison.Ordinal)
        && holder.IndexOfAny(['/', '\\', '\0']) < 0;

    internal static LeaseDocument From(BatchLease lease) =>
        new(
            StoredJson.NewestFormat,
            lease.RunId.Value,
            lease.Attempt,
            lease.ExpiresAt,
            string.Create(
                CultureInfo.InvariantCulture,
                $"{HolderPrefix}{lease.RunId}-{lease.Attempt}{lease.Owner}{HolderSuffix}"
            ),
            string.Create(CultureInfo.InvariantCulture, $"{Environment.MachineName}:{Environment.ProcessId}"),
            lease.Owner
        );

    internal BatchLease ToLease() => new(BatchRunId.Parse(RunId), Attempt, ExpiresAt) { Owner = Owner };
}
