using Recommendation.Domain.Recommendations;

namespace Recommendation.Application.Ports;

/// <summary>
/// What is popular within a time that ends now, by the newest interactions of the log; on AWS as it was counted last.
/// </summary>
public interface IPopularWindows
{
    /// <summary>
    /// Every item that is liked more than disliked within the window, the most popular first, 1 for the first. Each
    /// user counts once for an item, by the strongest positive and the strongest negative type.
    /// </summary>
    /// <param name="window">How long the time is; at most 30 days.</param>
    /// <param name="now">When it ends; what happened later does not count.</param>
    /// <param name="cancellationToken">Stops the counting.</param>
    /// <exception cref="UnavailableException">The log can't be read.</exception>
    /// <exception cref="RefusedException">The window was not counted yet.</exception>
    Task<RankedItems> RankAsync(TimeSpan window, DateTimeOffset now, CancellationToken cancellationToken);
}
