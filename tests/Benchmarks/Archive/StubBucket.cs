using System.Globalization;
using System.Security.Cryptography;
using System.Web;
using Recommendation.Emulators;

namespace Recommendation.Benchmarks.Archive;

/// <summary>
/// Answers as S3 for the objects under some prefixes, which it holds in memory, and counts what is asked of it;
/// everything else goes to the server behind. Lists come in pages of a thousand keys, with folders where a delimiter
/// asks for them; puts keep their conditions.
/// </summary>
internal sealed class StubBucket(params string[] prefixes)
{
    private const int Page = 1000;

    private readonly Lock _lock = new();
    private readonly SortedDictionary<string, byte[]> _objects = new(StringComparer.Ordinal);

    internal long BytesRead { get; private set; }

    internal int ObjectsRead { get; private set; }

    internal int Lists { get; private set; }

    internal int Puts { get; private set; }

    internal long Bytes => _objects.Values.Sum(body => (long)body.Length);

    /// <summary>Puts an object as if it had been there all the time.</summary>
    internal void Add(string key, byte[] body)
    {
        lock (_lock)
            _objects[key] = body;
    }

    internal byte[]? Find(string key)
    {
        lock (_lock)
            return _objects.GetValueOrDefault(key);
    }

    internal void ResetCounts() => (BytesRead, ObjectsRead, Lists, Puts) = (0, 0, 0, 0);

    internal StubAnswer? Answer(StubRequest request)
    {
        var target = new Uri(new Uri("http://localhost"), request.Target);
        var key = Uri.UnescapeDataString(target.AbsolutePath.Split('/', 3).ElementAtOrDefault(2) ?? "");
        var query = HttpUtility.ParseQueryString(target.Query);
        lock (_lock)
        {
            if (key.Length > 0)
                return IsOwn(key) ? Object(request, key) : null;
            var prefix = query["prefix"] ?? "";
            return !IsOwn(prefix) ? null
                : query.AllKeys.Contains("list-type")
                    ? List(prefix, query["delimiter"], query["continuation-token"] ?? query["start-after"])
                : StubAnswer.Of(
                    200,
                    "<ListVersionsResult><IsTruncated>false</IsTruncated></ListVersionsResult>",
                    "application/xml"
                );
        }
    }

    private bool IsOwn(string key) => prefixes.Any(prefix => key.StartsWith(prefix, StringComparison.Ordinal));

    private StubAnswer Object(StubRequest request, string key)
    {
        var known = _objects.GetValueOrDefault(key);
        switch (request.Method)
        {
            case "PUT":
                if (
                    (request.Header("If-None-Match") is not null && known is not null)
                    || (
                        request.Header("If-Match") is { } tag
                        && (known is null || !string.Equals(tag, TagOf(known), StringComparison.Ordinal))
                    )
                )
                    return StubAnswer.S3Error(412, "PreconditionFailed");
                Puts++;
                _objects[key] = request.Body.ToArray();
                return StubAnswer.Of(200, "", "application/xml", ("ETag", TagOf(_objects[key])));
            case "DELETE":
                _objects.Remove(key);
                return StubAnswer.Of(204, "", "application/xml");
            default:
                if (known is null)
                    return StubAnswer.S3Error(404, "NoSuchKey");
                (BytesRead, ObjectsRead) = (BytesRead + known.Length, ObjectsRead + 1);
                return StubAnswer.Bytes(known, ("ETag", TagOf(known)));
        }
    }

    // As of an object that was put in parts: clients take other tags for the MD5 of the body.
    private static string TagOf(byte[] body) => $"\"{Convert.ToHexString(SHA256.HashData(body).AsSpan(0, 16))}-1\"";

    private StubAnswer List(string prefix, string? delimiter, string? after)
    {
        Lists++;
        var (found, folders) = (
            new List<KeyValuePair<string, byte[]>>(),
            new SortedSet<string>(StringComparer.Ordinal)
        );
        var isTruncated = false;
        foreach (
            var one in _objects.Where(one =>
                one.Key.StartsWith(prefix, StringComparison.Ordinal) && string.CompareOrdinal(one.Key, after) > 0
            )
        )
        {
            var end = delimiter is null ? -1 : one.Key.IndexOf(delimiter, prefix.Length, StringComparison.Ordinal);
            if (end >= 0)
                folders.Add(one.Key[..(end + 1)]);
            else if (isTruncated = found.Count == Page)
                break;
            else
                found.Add(one);
        }
        var contents = string.Concat(
            found.Select(one =>
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"<Contents><Key>{one.Key}</Key><Size>{one.Value.Length}</Size></Contents>"
                )
            )
        );
        var common = string.Concat(folders.Select(one => $"<CommonPrefixes><Prefix>{one}</Prefix></CommonPrefixes>"));
        var next = isTruncated ? $"<NextContinuationToken>{found[^1].Key}</NextContinuationToken>" : "";
        return StubAnswer.Of(
            200,
            $"<ListBucketResult><IsTruncated>{(isTruncated ? "true" : "false")}</IsTruncated>{next}{contents}{common}</ListBucketResult>",
            "application/xml"
        );
    }
}
