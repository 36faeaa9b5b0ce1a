using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace Recommendation.Fuzzing;

/// <summary>A request as it goes over the wire.</summary>
internal sealed record FuzzRequest(FuzzOperation Operation, string Method, string Target, byte[] Bytes)
{
    private static readonly string[] s_methods =
    [
        "GET",
        "HEAD",
        "POST",
        "PUT",
        "PATCH",
        "DELETE",
        "OPTIONS",
        "TRACE",
        "PROPFIND",
    ];

    private static readonly string[] s_mediaTypes =
    [
        "text/plain",
        "application/x-www-form-urlencoded",
        "application/json; charset=utf-16",
        "application/json; charset=\"utf-8\"",
        "application/problem+json",
        "//",
        "",
    ];

    private static readonly string[] s_headers =
    [
        "Accept-Encoding: gzip",
        "Accept-Encoding: br;q=1, *;q=0",
        "Accept: text/html",
        "Idempotency-Key: fuzz",
        "Idempotency-Key: " + new string('k', 300),
        "If-None-Match: *",
        "If-None-Match: \"",
        "Authorization: Bearer wrong",
        "Range: bytes=0-1",
        "Expect: 200-maybe",
        "X-HTTP-Method-Override: DELETE",
        "Transfer-Encoding: identity",
        "Content-Encoding: br",
        "Content-Encoding: gzip",
        "Cookie: a=b",
        "Referer: \u0001",
    ];

    /// <summary>
    /// A request for an operation: about half of them are as the document says, the others are wrong in
    /// one place or several.
    /// </summary>
    internal static FuzzRequest For(FuzzOperation operation, FuzzValues values, string host)
    {
        var wrong = values.Chance(0.5) ? 0 : 0.15;
        var method =
            values.Chance(wrong / 4) ? values.Pick(s_methods)
            : operation.Method is "GET" && values.Chance(0.1) ? "HEAD"
            : operation.Method;
        var target = TargetOf(operation, values, wrong);
        var head = new StringBuilder().Append(
            CultureInfo.InvariantCulture,
            $"{method} {target} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n"
        );
        if (values.Chance(0.2))
            head.Append(
                CultureInfo.InvariantCulture,
                $"{(wrong > 0 ? values.Pick(s_headers) : "Accept-Encoding: gzip")}\r\n"
            );
        var body = BodyOf(operation, values, wrong);
        if (body is not null && values.Chance(0.05))
        {
            body = Pack(body);
            head.Append("Content-Encoding: gzip\r\n");
        }
        if (body is not null)
        {
            var type = values.Chance(wrong / 2) ? values.Pick(s_mediaTypes) : "application/json";
            head.Append(CultureInfo.InvariantCulture, $"Content-Type: {type}\r\nContent-Length: {body.Length}\r\n");
        }
        return new FuzzRequest(
            operation,
            method,
            target,
            [.. Encoding.UTF8.GetBytes(head.Append("\r\n").ToString()), .. body ?? []]
        );
    }

    private static string TargetOf(FuzzOperation operation, FuzzValues values, double wrong)
    {
        var path = operation.Path;
        var query = new List<string>();
        foreach (var parameter in operation.Parameters)
        {
            if (parameter.In == "path")
                path = path.Replace(
                    $"{{{parameter.Name}}}",
                    Written(values, Text(parameter)),
                    StringComparison.Ordinal
                );
            else if (values.Chance(0.4))
                query.AddRange(
                    Enumerable
                        .Range(0, values.Chance(0.1) ? 3 : 1)
                        .Select(_ => $"{parameter.Name}={Written(values, Text(parameter))}")
                );
        }
        if (values.Chance(wrong))
            query.Add($"{Written(values, values.Odd())}={Written(values, values.Odd())}");
        return query.Count == 0 ? path : $"{path}?{string.Join('&', query)}";

        string Text(FuzzParameter parameter) => values.Chance(wrong * 2) ? values.Odd()
            : values.TextOf(parameter.Schema["items"]?.AsObject() ?? parameter.Schema);
    }

    /// <summary>Encoded as it should be, twice, or not at all.</summary>
    private static string Written(FuzzValues values, string text) => values.Below(20) switch
    {
        0 => Uri.EscapeDataString(Uri.EscapeDataString(text)),
        1 => string.Concat(text.Where(one => one is > ' ' and < '\u007f')),
        2 => Uri.EscapeDataString(text) + values.Pick(["%", "%2", "%GG", "%FF", "%00", "%0A"]),
        _ => Uri.EscapeDataString(text),
    };

    private static byte[]? BodyOf(FuzzOperation operation, FuzzValues values, double wrong)
    {
        if (operation.Body is null)
            return operation.Method is "POST" && values.Chance(0.5) || values.Chance(wrong / 3)
                ? "{}"u8.ToArray()
                : null;
        if (values.Chance(wrong / 3))
            return null;
        var bytes = Encoding.UTF8.GetBytes(values.Json(operation.Body, wrong)?.ToJsonString() ?? "null");
        if (!values.Chance(wrong) || bytes.Length == 0)
            return bytes;
        // Cut off, with a byte changed, or with something after the end.
        switch (values.Below(3))
        {
            case 0:
                return bytes[..values.Below(bytes.Length)];
            case 1:
                bytes[values.Below(bytes.Length)] = (byte)values.Below(256);
                return bytes;
            default:
                return [.. bytes, (byte)values.Below(256)];
        }
    }

    private static byte[] Pack(byte[] body)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
            gzip.Write(body);
        return packed.ToArray();
    }
}
