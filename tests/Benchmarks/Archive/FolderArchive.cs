using System.Globalization;
using System.Web;
using Recommendation.Emulators;

namespace Recommendation.Benchmarks.Archive;

/// <summary>
/// Answers for the objects of <c>archive/</c> out of a folder, and counts what is read of them; everything else goes to the server behind. Lists
/// come in pages of a thousand keys, with folders where a delimiter asks for them.
/// </summary>
internal sealed class FolderArchive(string folder)
{
    private const int Page = 1000;

    private readonly Lock _lock = new();
    private SortedDictionary<string, long> _objects = new(StringComparer.Ordinal);

    internal long BytesRead { get; private set; }

    internal int ObjectsRead { get; private set; }

    internal int Lists { get; private set; }

    internal long Bytes => _objects.Values.Sum();

    internal int Objects => _objects.Count;

    internal void Reset()
    {
        var files = Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories);
        _objects = new(files.ToDictionary(file => Path.GetRelativePath(folder, file), file => new FileInfo(file).Length), StringComparer.Ordinal);
        (BytesRead, ObjectsRead, Lists) = (0, 0, 0);
    }

    internal StubAnswer? Answer(StubRequest request)
    {
        lock (_lock)
        {
            var target = new Uri(new Uri("http://localhost"), request.Target);
            var key = Uri.UnescapeDataString(target.AbsolutePath.Split('/', 3).ElementAtOrDefault(2) ?? "");
            var query = HttpUtility.ParseQueryString(target.Query);
            if (key.Length == 0)
            {
                var prefix = query["prefix"] ?? "";
                return !prefix.StartsWith("archive/", StringComparison.Ordinal) ? null
                    : query.AllKeys.Contains("list-type") ? List(prefix, query["delimiter"], query["continuation-token"] ?? query["start-after"])
                    : StubAnswer.Of(200, "<ListVersionsResult><IsTruncated>false</IsTruncated></ListVersionsResult>", "application/xml");
            }
            return key.StartsWith("archive/", StringComparison.Ordinal) ? Object(request, key) : null;
        }
    }

    private StubAnswer Object(StubRequest request, string key)
    {
        var path = Path.Combine(folder, key);
        switch (request.Method)
        {
            case "PUT":
                Directory.CreateDirectory(Path.GetDirectoryName(path)!);
                File.WriteAllBytes(path, request.Body.Span);
                _objects[key] = request.Body.Length;
                return StubAnswer.Of(200, "", "application/xml", ("ETag", "\"0\""));
            case "DELETE":
                File.Delete(path);
                _objects.Remove(key);
                return StubAnswer.Of(204, "", "application/xml");
            default:
                if (!_objects.TryGetValue(key, out var size))
                    return StubAnswer.S3Error(404, "NoSuchKey");
                (BytesRead, ObjectsRead) = (BytesRead + size, ObjectsRead + 1);
                return StubAnswer.File(path);
        }
    }

    private StubAnswer List(string prefix, string? delimiter, string? after)
    {
        Lists++;
        var (found, folders) = (new List<KeyValuePair<string, long>>(), new SortedSet<string>(StringComparer.Ordinal));
        var isTruncated = false;
        foreach (var one in _objects.Where(one => one.Key.StartsWith(prefix, StringComparison.Ordinal) && string.CompareOrdinal(one.Key, after) > 0))
        {
            var end = delimiter is null ? -1 : one.Key.IndexOf(delimiter, prefix.Length, StringComparison.Ordinal);
            if (end >= 0)
                folders.Add(one.Key[..(end + 1)]);
            else if (isTruncated = found.Count == Page)
                break;
            else
                found.Add(one);
        }
        var contents = string.Concat(found.Select(one => string.Create(
            CultureInfo.InvariantCulture, $"<Contents><Key>{one.Key}</Key><Size>{one.Value}</Size></Contents>")));
        var prefixes = string.Concat(folders.Select(one => $"<CommonPrefixes><Prefix>{one}</Prefix></CommonPrefixes>"));
        var next = isTruncated ? $"<NextContinuationToken>{found[^1].Key}</NextContinuationToken>" : "";
        return StubAnswer.Of(
            200, $"<ListBucketResult><IsTruncated>{(isTruncated ? "true" : "false")}</IsTruncated>{next}{contents}{prefixes}</ListBucketResult>", "application/xml");
    }
}
