namespace Recommendation.Application.Ports;

/// <summary>How much is stored, as cheaply as the stores can say it.</summary>
public interface IStoreCounts
{
    Task<StoreCounts> CountAsync(CancellationToken cancellationToken);
}

/// <summary>How much is stored; null where a store can't say it without reading everything.</summary>
/// <param name="Profiles">Users with a profile, tombstones aside; may be hours old where the store says
/// so cheaply only then.</param>
/// <param name="Lists">Users with a stored list.</param>
/// <param name="Quarantined">Rejected records that were not redriven.</param>
public sealed record StoreCounts(long? Profiles, long? Lists, long? Quarantined);
