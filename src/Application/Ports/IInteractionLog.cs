using Recommendation.Domain.Interactions;

namespace Recommendation.Application.Ports;

/// <summary>The durable, ordered log of interactions: what profiles and models are made from, and can be made from again.</summary>
public interface IInteractionLog
{
    /// <summary>
    /// Appends interactions durably, in their order. When the task ends, what was accepted is on disk (or replicated).
    /// A log may refuse an event id that it already holds for the user; it then answers <see cref="AppendOutcome.Duplicate"/>.
    /// </summary>
    /// <returns>One outcome per interaction, in the same order.</returns>
    /// <exception cref="LogUnavailableException">Nothing is known to be appended; the same interactions can be appended again.</exception>
    Task<IReadOnlyList<AppendOutcome>> AppendAsync(IReadOnlyList<Interaction> interactions, CancellationToken cancellationToken);

    /// <summary>
    /// Reads interactions in log order within each partition, from the first one after the position given (from the
    /// beginning where it is null) to what is in the log now. A log that deals with forgotten users leaves them out.
    /// </summary>
    IAsyncEnumerable<Interaction> ReadAsync(Position? after, CancellationToken cancellationToken);

    /// <summary>The newest position of a log with one partition; null if it is empty or has several partitions.</summary>
    Task<Position?> NewestAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Removes what the log holds of a user that arrived before the time given, where the log can be rewritten. Also removes what is
    /// not beyond the position given, whatever its arrival time: an arrival that was recorded under <c>--as-of</c> may lie in the future.
    /// </summary>
    /// <param name="through">A position of <see cref="NewestAsync"/>; null to go by arrival alone.</param>
    /// <returns>How many interactions were removed.</returns>
    Task<long> ForgetAsync(UserId user, DateTimeOffset before, Position? through, CancellationToken cancellationToken);

    /// <summary>Ends well where the log is there and takes what is appended. Appends nothing.</summary>
    /// <exception cref="LogUnavailableException">It is not, or does not; the message says which.</exception>
    Task CheckAsync(CancellationToken cancellationToken);
}
