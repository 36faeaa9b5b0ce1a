using Recommendation.Domain.Interactions;

namespace Recommendation.Application.Ports;

/// <summary>
/// The durable, ordered log of interactions: what profiles and models are made from, and can be made from again.
/// </summary>
public interface IInteractionLog
{
    /// <summary>
    /// Appends interactions durably, in their order. When the task ends, what was accepted is on disk (or replicated).
    /// A log may refuse an event id that it already holds for the user; it then answers
    /// <see cref="AppendOutcome.Duplicate"/>.
    /// </summary>
    /// <returns>One outcome per interaction, in the same order.</returns>
    /// <exception cref="LogUnavailableException">Nothing is known to be appended; the same interactions
    /// can be appended again.</exception>
    Task<IReadOnlyList<AppendOutcome>> AppendAsync(
        IReadOnlyList<Interaction> interactions,
        CancellationToken cancellationToken
    );

    /// <summary>
    /// Reads interactions in log order within each partition, from the first one after the position given (from the
    /// beginning where it is null) to what is in the log now. A log that deals with forgotten users leaves them out.
    /// </summary>
    IAsyncEnumerable<Interaction> ReadAsync(Position? after, CancellationToken cancellationToken);

    /// <summary>
    /// Removes a part of what the log holds of a user and the boundary covers, where the log can be rewritten; repeated
    /// until it answers no next part.
    /// </summary>
    /// <returns>How many interactions were removed, and where to go on.</returns>
    Task<ErasedPart> ForgetAsync(ErasureWork work, CancellationToken cancellationToken);

    /// <summary>Ends well where the log is there and takes what is appended. Appends nothing.</summary>
    /// <exception cref="LogUnavailableException">It is not, or does not; the message says which.</exception>
    Task CheckAsync(CancellationToken cancellationToken);
}
