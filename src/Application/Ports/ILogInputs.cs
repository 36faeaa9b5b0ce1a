using Recommendation.Domain.Interactions;

namespace Recommendation.Application.Ports;

/// <summary>
/// The log by users, with the names of what each part is read from: for outputs that name their inputs. Not registered
/// where the log can be read from where one stopped.
/// </summary>
public interface ILogInputs
{
    /// <summary>How long after its arrival an event may not be in the log yet, unless something is wrong.</summary>
    TimeSpan Delay { get; }

    /// <summary>The part in which a user is, from 0.</summary>
    int PartOf(UserId user);

    /// <summary>What each part is read from now, by its number; parts that are empty are left out.</summary>
    Task<IReadOnlyDictionary<int, LogInput>> ListAsync(CancellationToken cancellationToken);

    /// <summary>Reads what was listed of a part: each event once, each partition in its order.</summary>
    /// <exception cref="LogInputChangedException">Something is gone since it was listed; list again.</exception>
    IAsyncEnumerable<Interaction> ReadAsync(int part, LogInput input, CancellationToken cancellationToken);
}

/// <summary>What a part of the log is read from.</summary>
/// <param name="Range">Names the input: another range is another input.</param>
/// <param name="Objects">What to read; known to the log alone.</param>
public sealed record LogInput(LogInputRange Range, IReadOnlyList<LogObject> Objects);

/// <summary>An object of the log.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Bytes">How many bytes it has as stored.</param>
public readonly record struct LogObject(string Name, long Bytes);

/// <summary>Names an input.</summary>
/// <param name="From">The first day on which events arrived.</param>
/// <param name="Through">The last one.</param>
/// <param name="Objects">How many objects hold them.</param>
/// <param name="Bytes">How many bytes they have as stored.</param>
/// <param name="Digest">A hash of the objects' names and sizes.</param>
public sealed record LogInputRange(DateOnly From, DateOnly Through, int Objects, long Bytes, string Digest);

/// <summary>Something that was listed is gone since.</summary>
public sealed class LogInputChangedException(string message) : UnavailableException(message, inner: null);
