using Recommendation.Application.Ports;

namespace Recommendation.Local.InMemory;

/// <summary>Counts by looking at everything: it is in memory.</summary>
internal sealed class MemoryCounts(IProfileStore profiles, IRecommendationStore lists, IQuarantine quarantine)
    : IStoreCounts
{
    public async Task<StoreCounts> CountAsync(CancellationToken cancellationToken) => new(
        await profiles.AllAsync(cancellationToken).LongCountAsync(profile => !profile.IsEmpty, cancellationToken),
        await lists.AllAsync(cancellationToken).LongCountAsync(cancellationToken),
        await quarantine.ListAsync(includeSettled: false, cancellationToken).LongCountAsync(cancellationToken));
}
