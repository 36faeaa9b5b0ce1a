using Recommendation.Domain.Recommendations;

namespace Recommendation.Application.Ports;

/// <summary>Counts what is popular within times that end now, out of the whole log.</summary>
public interface IPopularWindowCounter
{
    /// <summary>Counts several windows in one reading, as <see cref="IPopularWindows"/> defines them.</summary>
    /// <param name="windows">How long each is.</param>
    /// <param name="now">When they end.</param>
    /// <param name="cancellationToken">Stops the counting.</param>
    /// <returns>The items of each window, in the order of the windows.</returns>
    Task<IReadOnlyList<RankedItems>> CountAsync(
        IReadOnlyList<TimeSpan> windows,
        DateTimeOffset now,
        CancellationToken cancellationToken
    );
}
