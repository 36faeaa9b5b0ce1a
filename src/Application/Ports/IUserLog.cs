using Recommendation.Domain.Interactions;

namespace Recommendation.Application.Ports;

/// <summary>
/// The log read by users instead of by time: in parts, each of which holds all interactions of some of the users, each
/// user's in log order.
/// </summary>
public interface IUserLog
{
    /// <summary>
    /// In how many parts the log can be read; 1 where it can only be read whole. The parts are about equally large.
    /// </summary>
    int Parts { get; }

    /// <summary>The part in which a user is, from 0.</summary>
    int PartOf(UserId user);

    /// <summary>Reads what is in some of the parts now.</summary>
    /// <exception cref="LogUnavailableException">It can't be read.</exception>
    IAsyncEnumerable<Interaction> ReadAsync(LogParts parts, CancellationToken cancellationToken);

    /// <summary>
    /// Makes what arrived lately as quick to read by user as the rest, where that takes work. Can be stopped and
    /// repeated anywhere.
    /// </summary>
    /// <param name="until">When to begin no further step.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>Whether nothing is left to do.</returns>
    Task<bool> CompactAsync(DateTimeOffset until, CancellationToken cancellationToken);
}

/// <summary>Some neighbouring parts of a log.</summary>
/// <param name="First">The first part, from 0.</param>
/// <param name="Count">How many parts.</param>
/// <param name="ArrivedFrom">What arrived before may be left out; null for all.</param>
public readonly record struct LogParts(int First, int Count, DateTimeOffset? ArrivedFrom = null)
{
    public bool Has(int part) => part >= First && part < First + Count;
}
