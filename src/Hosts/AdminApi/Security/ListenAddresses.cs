using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Http;
using Recommendation.Application.Ports;

namespace Recommendation.AdminApi.Security;

/// <summary>Where a server is told to listen, checked before anything starts.</summary>
public static class ListenAddresses
{
    /// <summary>Whether a server could listen there now; port 0 always can.</summary>
    /// <exception cref="RefusedException">An address can't be used; the message says why and what to do.</exception>
    public static void RequireFree(IEnumerable<string> urls)
    {
        ArgumentNullException.ThrowIfNull(urls);
        foreach (var url in urls)
        {
            var address = Parse(url);
            if (address.Port != 0 && !address.IsUnixPipe)
                Try(url, AddressOf(address.Host), address.Port);
        }
    }

    /// <exception cref="RefusedException">It is no address of this server.</exception>
    internal static BindingAddress Parse(string url)
    {
        BindingAddress address;
        try
        {
            address = BindingAddress.Parse(url);
        }
        catch (FormatException)
        {
            throw NoAddress(url);
        }
        if (address.Scheme.Equals("https", StringComparison.OrdinalIgnoreCase))
            throw new RefusedException(
                $"'{url}' asks for TLS, and this server has no certificate: listen on http://, and put a proxy in "
                    + "front that ends TLS."
            );
        if (!address.Scheme.Equals("http", StringComparison.OrdinalIgnoreCase) || address.PathBase.Length > 0)
            throw NoAddress(url);
        if (address is { IsUnixPipe: false, IsNamedPipe: false } && address.Port is < 0 or > IPEndPoint.MaxPort)
            throw new RefusedException(
                $"'{url}' has the port {address.Port}; give 1–{IPEndPoint.MaxPort}, or 0 for a free one."
            );
        return address;
    }

    private static RefusedException NoAddress(string url) =>
        new($"'{url}' is no address to listen on; give one such as {AdminApiOptions.DefaultUrl}.");

    private static IPAddress AddressOf(string host) => host switch
    {
        _ when host.Equals("localhost", StringComparison.OrdinalIgnoreCase) => IPAddress.Loopback,
        _ when IPAddress.TryParse(host.Trim('[', ']'), out var address) => address,
        _ => IPAddress.Any, // as the server itself takes a name that is no address
    };

    private static void Try(string url, IPAddress address, int port)
    {
        try
        {
            using var listener = new TcpListener(address, port);
            listener.Start();
        }
        catch (SocketException problem)
        {
            throw new RefusedException(
                problem.SocketErrorCode switch
                {
                    SocketError.AddressAlreadyInUse =>
                        $"The port {port} of {url} is in use: end the program that listens there, or choose another "
                            + "port with --urls.",
                    SocketError.AccessDenied =>
                        $"This account may not listen on {url}; ports below 1024 often need more rights. Choose "
                            + "another port with --urls.",
                    SocketError.AddressNotAvailable =>
                        $"This machine has no address as in {url}; listen on one that it has, or on "
                            + $"http://0.0.0.0:{port} for all.",
                    _ => $"{url} can't be listened on: {problem.Message}. Choose another address with --urls.",
                }
            );
        }
    }
}
