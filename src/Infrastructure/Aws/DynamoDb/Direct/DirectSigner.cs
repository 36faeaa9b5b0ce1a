using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using Amazon.Runtime;

namespace Recommendation.Aws.DynamoDb.Direct;

/// <summary>
/// Signature Version 4 of a POST to the root:
/// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html. The key is derived once
/// a day and for each credentials, instead of for every request.
/// </summary>
internal sealed class DirectSigner
{
    private const string Service = "dynamodb";
    private const string Names = "content-type;host;x-amz-date;x-amz-target";
    private const string NamesWithToken = "content-type;host;x-amz-date;x-amz-security-token;x-amz-target";

    private volatile SigningKey? _key;

    internal void Sign(
        HttpRequestHeaders headers,
        DirectRoute route,
        ImmutableCredentials credentials,
        DateTime now,
        string target,
        ReadOnlySpan<byte> body
    )
    {
        var time = now.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
        var key = KeyOf(credentials, time[..8], route.Region);
        var token = credentials.UseToken ? $"x-amz-security-token:{credentials.Token}\n" : "";
        var names = credentials.UseToken ? NamesWithToken : Names;
        var canonical =
            $"POST\n/\n\ncontent-type:{DirectOperation.ContentType}\nhost:{route.Host}\nx-amz-date:{time}\n"
            + $"{token}x-amz-target:{target}\n\n{names}\n{Hash(body)}";
        var toSign = $"AWS4-HMAC-SHA256\n{time}\n{key.Scope}\n{Hash(Encoding.UTF8.GetBytes(canonical))}";
        var signature = Convert.ToHexStringLower(HMACSHA256.HashData(key.Bytes, Encoding.UTF8.GetBytes(toSign)));

        headers.TryAddWithoutValidation("X-Amz-Target", target);
        headers.TryAddWithoutValidation("X-Amz-Date", time);
        if (credentials.UseToken)
            headers.TryAddWithoutValidation("X-Amz-Security-Token", credentials.Token);
        headers.TryAddWithoutValidation(
            "Authorization",
            $"AWS4-HMAC-SHA256 Credential={credentials.AccessKey}/{key.Scope}, SignedHeaders={names}, "
                + $"Signature={signature}"
        );
    }

    private SigningKey KeyOf(ImmutableCredentials credentials, string date, string region)
    {
        if (_key is { } known && known.IsOf(credentials.SecretKey, date, region))
            return known;
        var day = HMACSHA256.HashData(
            Encoding.UTF8.GetBytes($"AWS4{credentials.SecretKey}"),
            Encoding.UTF8.GetBytes(date)
        );
        var service = HMACSHA256.HashData(
            HMACSHA256.HashData(day, Encoding.UTF8.GetBytes(region)),
            Encoding.UTF8.GetBytes(Service)
        );
        return _key = new SigningKey(
            credentials.SecretKey,
            date,
            region,
            HMACSHA256.HashData(service, "aws4_request"u8)
        );
    }

    private static string Hash(ReadOnlySpan<byte> bytes)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(bytes, hash);
        return Convert.ToHexStringLower(hash);
    }

    private sealed class SigningKey(string secret, string date, string region, byte[] bytes)
    {
        internal byte[] Bytes => bytes;

        internal string Scope { get; } = $"{date}/{region}/{Service}/aws4_request";

        internal bool IsOf(string otherSecret, string otherDate, string otherRegion) =>
            string.Equals(date, otherDate, StringComparison.Ordinal)
            && string.Equals(secret, otherSecret, StringComparison.Ordinal)
            && string.Equals(region, otherRegion, StringComparison.Ordinal);
    }
}
