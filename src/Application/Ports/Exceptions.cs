namespace Recommendation.Application.Ports;

/// <summary>
/// A dependency did not do what was asked. The message is a sentence for the operator; trying again may help.
/// </summary>
public abstract class UnavailableException(string message, Exception? inner) : Exception(message, inner);

/// <summary>The interaction log could not take or give interactions.</summary>
public sealed class LogUnavailableException(string message, Exception? inner = null)
    : UnavailableException(message, inner);

/// <summary>
/// A store (profiles, lists, catalogue, quarantine, batch runs, models) could not be read or written.
/// </summary>
public sealed class StoreUnavailableException(string message, Exception? inner = null)
    : UnavailableException(message, inner);

/// <summary>The ranker could not answer for any user of a call.</summary>
public sealed class RankerUnavailableException(string message, Exception? inner = null)
    : UnavailableException(message, inner);

/// <summary>
/// A call ended because its caller's time was up while the store asked to slow down. What was asked can be asked again
/// later; nothing is wrong but the store's capacity.
/// </summary>
public sealed class ThrottledException(string message, CancellationToken cancellationToken)
    : OperationCanceledException(message, cancellationToken)
{
    /// <param name="subject">How the store is named in sentences.</param>
    /// <param name="cancellationToken">What ended the call.</param>
    public static ThrottledException Of(string subject, CancellationToken cancellationToken) =>
        new($"{subject} is short of capacity; the rest is done later.", cancellationToken);
}

/// <summary>
/// Stored data are of a format that this version does not know, or damaged. Trying again does not help.
/// </summary>
public sealed class StoredFormatException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>
/// What was asked can't be done as things are. The message is a sentence that says why, and what to do instead where
/// that is the same in every host; what is done differently in each is in <see cref="Hint"/>.
/// </summary>
public sealed class RefusedException(string message) : Exception(message)
{
    /// <summary>Whether it is refused since what it names is not there.</summary>
    public bool IsMissing { get; init; }

    /// <summary>Whether it is refused since this platform can't do it.</summary>
    public bool IsUnsupported { get; init; }

    /// <summary>What may be done next; null where the message says it, or nothing can be done.</summary>
    public Hint? Hint { get; init; }

    /// <summary>This platform can't do it.</summary>
    public static RefusedException Unsupported(string message) => new(message) { IsUnsupported = true };

    /// <summary>What was named is not there.</summary>
    public static RefusedException Missing(string message) => new(message) { IsMissing = true };

    /// <summary>What was named is not there.</summary>
    /// <param name="message">Why it is refused.</param>
    /// <param name="next">What may be done next.</param>
    public static RefusedException Missing(string message, NextStep next) =>
        new(message) { IsMissing = true, Hint = new(next) };
}
