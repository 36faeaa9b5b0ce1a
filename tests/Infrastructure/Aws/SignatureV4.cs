using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Recommendation.Emulators;

namespace Recommendation.Aws.Tests;

/// <summary>
/// AWS Signature Version 4 written from its documentation, independently of the SDK:
/// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html.
/// </summary>
/// <param name="Date">As in <c>X-Amz-Date</c>.</param>
internal sealed record SignatureV4(string SecretKey, string Region, string Service, string Date)
{
    /// <param name="method">The HTTP method.</param>
    /// <param name="target">Path and query as they are sent.</param>
    /// <param name="headers">The headers to sign.</param>
    /// <param name="body">The body.</param>
    internal string Of(
        string method,
        string target,
        IEnumerable<(string Name, string Value)> headers,
        ReadOnlySpan<byte> body
    )
    {
        var parts = target.Split('?', 2);
        var signed = headers
            .Select(header => (Name: header.Name.ToLowerInvariant(), Value: header.Value.Trim()))
            .OrderBy(header => header.Name, StringComparer.Ordinal)
            .ToList();
        var canonical = string.Join(
            '\n',
            method,
            // Every service but S3 encodes the path once more than it is sent.
            string.Join('/', parts[0].Split('/').Select(Uri.EscapeDataString)),
            parts.Length == 1 ? "" : CanonicalQuery(parts[1]),
            string.Concat(signed.Select(header => $"{header.Name}:{header.Value}\n")),
            string.Join(';', signed.Select(header => header.Name)),
            Hex(SHA256.HashData(body)));
        var scope = $"{Date[..8]}/{Region}/{Service}/aws4_request";
        var toSign = $"AWS4-HMAC-SHA256\n{Date}\n{scope}\n{Hex(SHA256.HashData(Encoding.UTF8.GetBytes(canonical)))}";
        var key = Mac(
            Mac(Mac(Mac(Encoding.UTF8.GetBytes($"AWS4{SecretKey}"), Date[..8]), Region), Service),
            "aws4_request"
        );
        return Hex(Mac(key, toSign));
    }

    /// <summary>The signature that a request should carry, by what it says it has signed.</summary>
    internal static (string Expected, string Actual) Of(
        StubRequest request,
        string secretKey,
        string region,
        string service
    )
    {
        var authorization = request.Header("Authorization")!;
        var signed = Part(authorization, "SignedHeaders=").Split(';').Select(name => (name, request.Header(name)!));
        var expected = new SignatureV4(secretKey, region, service, request.Header("X-Amz-Date")!).Of(
            request.Method,
            request.Target,
            signed,
            request.Body.Span
        );
        return (expected, Part(authorization, "Signature="));
    }

    internal static string Part(string authorization, string name)
    {
        var start = authorization.IndexOf(name, StringComparison.Ordinal) + name.Length;
        var end = authorization.IndexOf(',', start);
        return end < 0 ? authorization[start..] : authorization[start..end];
    }

    private static string CanonicalQuery(string query) =>
        string.Join(
            '&',
            query
                .Split('&')
                .Select(part => part.Contains('=', StringComparison.Ordinal) ? part : part + "=")
                .Order(StringComparer.Ordinal)
        );

    private static byte[] Mac(byte[] key, string text) => HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(text));

    private static string Hex(byte[] bytes) =>
        string.Concat(bytes.Select(b => b.ToString("x2", CultureInfo.InvariantCulture)));
}
