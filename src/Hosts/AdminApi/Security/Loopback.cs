using System.Net;
using Recommendation.Application.Ports;

namespace Recommendation.AdminApi.Security;

/// <summary>What is this machine itself.</summary>
internal static class Loopback
{
    internal static bool IsName(string host) =>
        string.Equals(host, "localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));

    /// <summary>Whether a connection comes from this machine; of one without an address that is not known.</summary>
    internal static bool IsHere(IPAddress? remote) =>
        remote is not null && IPAddress.IsLoopback(remote.IsIPv4MappedToIPv6 ? remote.MapToIPv4() : remote);

    /// <summary>Elsewhere than on loopback the server needs keys.</summary>
    /// <exception cref="RefusedException">It was told to listen elsewhere and has none, or an address is
    /// none.</exception>
    internal static void RequireFor(IEnumerable<string> urls, bool hasKeys)
    {
        foreach (var url in urls)
        {
            if (!IsHere(url) && !hasKeys)
                throw new RefusedException(
                    $"Listening on {url} lets others in, and there are no keys yet: create one with "
                        + $"`recommend keys create --role operator`, or listen on {AdminApiOptions.DefaultUrl}."
                );
        }
    }

    private static bool IsHere(string url)
    {
        var address = ListenAddresses.Parse(url);
        return !address.IsUnixPipe && !address.IsNamedPipe && IsName(address.Host);
    }
}
