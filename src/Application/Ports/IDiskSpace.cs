namespace Recommendation.Application.Ports;

/// <summary>How much room there is where data are written. Registered where that can run out: on one machine.</summary>
public interface IDiskSpace
{
    /// <summary>How many bytes this account may still write.</summary>
    /// <exception cref="UnavailableException">The place can't be looked at.</exception>
    long AvailableBytes();
}
