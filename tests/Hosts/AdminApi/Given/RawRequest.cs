using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Recommendation.AdminApi.Tests.Given;

/// <summary>Writes a request on a socket byte for byte, and reads the answer to the end of the connection.</summary>
internal static class RawRequest
{
    internal static async Task<Answer> SendAsync(
        Uri address,
        string method,
        string target,
        string? body,
        string mediaType = "application/json",
        string? host = null,
        string headers = ""
    )
    {
        var content = Encoding.UTF8.GetBytes(body ?? "");
        var type = body is null ? "" : $"Content-Type: {mediaType}\r\n";
        var head = string.Create(
            CultureInfo.InvariantCulture,
            $"{method} {target.Replace(" ", "%20", StringComparison.Ordinal)} HTTP/1.1\r\nHost: "
                + $"{host ?? address.Authority}\r\n{headers}{type}Content-Length: {content.Length}\r\nConnection: "
                + $"close\r\n\r\n"
        );
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, address.Port);
        await using var stream = client.GetStream();
        await stream.WriteAsync((byte[])[.. Encoding.UTF8.GetBytes(head), .. content]);
        return await ReadAsync(stream);
    }

    /// <summary>Reads the answer to the end of the connection.</summary>
    internal static async Task<Answer> ReadAsync(Stream stream)
    {
        using var answer = new MemoryStream();
        await stream.CopyToAsync(answer);
        return Parse(Encoding.UTF8.GetString(answer.ToArray()));
    }

    private static Answer Parse(string text)
    {
        var end = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        var lines = text[..end].Split("\r\n");
        var headers = lines
            .Skip(1)
            .Select(line => line.Split(": ", 2))
            .ToLookup(pair => pair[0], pair => pair[1], StringComparer.OrdinalIgnoreCase)
            .ToDictionary(header => header.Key, header => string.Join(", ", header), StringComparer.OrdinalIgnoreCase);
        var body = text[(end + 4)..];
        return new Answer(
            (HttpStatusCode)int.Parse(lines[0].Split(' ')[1], CultureInfo.InvariantCulture),
            headers.GetValueOrDefault("Content-Type")?.Split(';')[0],
            headers.ContainsKey("Transfer-Encoding") ? Unchunk(body) : body,
            headers
        );
    }

    private static string Unchunk(string body)
    {
        var bytes = Encoding.UTF8.GetBytes(body);
        var whole = new MemoryStream();
        for (var at = 0; ;)
        {
            var end = Array.IndexOf(bytes, (byte)'\r', at);
            var length = int.Parse(
                Encoding.ASCII.GetString(bytes, at, end - at),
                NumberStyles.HexNumber,
                CultureInfo.InvariantCulture
            );
            if (length == 0)
                return Encoding.UTF8.GetString(whole.ToArray());
            whole.Write(bytes, end + 2, length);
            at = end + 2 + length + 2;
        }
    }
}
