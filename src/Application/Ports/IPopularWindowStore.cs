using Recommendation.Domain.Recommendations;

namespace Recommendation.Application.Ports;

/// <summary>Keeps what was popular within windows, for processes that can't count it themselves.</summary>
public interface IPopularWindowStore
{
    /// <summary>Replaces what is kept of a window, unless that is newer.</summary>
    /// <exception cref="StoreUnavailableException">It can't be stored.</exception>
    Task PutAsync(TimeSpan window, RankedItems items, DateTimeOffset countedAt, CancellationToken cancellationToken);
}
