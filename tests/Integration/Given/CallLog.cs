using Recommendation.Emulators;

namespace Recommendation.Integration.Tests.Given;

/// <summary>What a function asked of AWS, as permissions name it.</summary>
internal static class CallLog
{
    /// <summary>
    /// Lines <c>service:Action resource</c>, each once, in their order; the name of the table or bucket left out.
    /// </summary>
    internal static IReadOnlyList<string> Of(
        IEnumerable<StubRequest> dynamo,
        IEnumerable<StubRequest> s3,
        IEnumerable<StubRequest> kinesis,
        IEnumerable<StubRequest> states,
        string bucket
    ) =>
        [
            .. dynamo
                .Select(OfTable)
                .Concat(s3.Select(request => OfBucket(request, bucket)))
                .Concat(kinesis.Select(request => $"kinesis:{request.Operation} stream"))
                .Concat(
                    states.Select(request =>
                        $"states:{request.Operation} "
                            + $"{(request.Is("StartExecution") ? "stateMachine" : "execution")}/{MachineOf(request)}"
                    )
                )
                .Distinct(StringComparer.Ordinal)
                .Order(StringComparer.Ordinal),
        ];

    /// <summary>The committed list; deploy's tests grant exactly that.</summary>
    internal static string PathOf(string function) =>
        Repository.PathOf("tests", "Integration", "calls", $"{function}.txt");

    private static string MachineOf(StubRequest request) =>
        request.Text.Contains("stateMachine:erasure", StringComparison.Ordinal) ? "erasure" : "batch";

    private static string OfTable(StubRequest request)
    {
        var index = request.Text.IndexOf("\"IndexName\"", StringComparison.Ordinal);
        return $"dynamodb:{request.Operation} {(index < 0 ? "table" : "index/" + request.Text[index..].Split('"')[3])}";
    }

    private static string OfBucket(StubRequest request, string bucket)
    {
        var (path, query) = request.Target.Split('?', 2) is [var first, var second]
            ? (first, second)
            : (request.Target, "");
        var key = path.TrimStart('/')[bucket.Length..].TrimStart('/');
        var resource = key.Length == 0 ? "bucket" : $"bucket/{Uri.UnescapeDataString(key).Split('/')[0]}/*";
        return $"s3:{ActionOf(request.Method, key.Length > 0, query)} {resource}";
    }

    private static string ActionOf(string method, bool isObject, string query)
    {
        var isVersion = query.Contains("versionId=", StringComparison.Ordinal);
        return (method, isObject) switch
        {
            ("GET" or "HEAD", true) => isVersion ? "GetObjectVersion" : "GetObject",
            ("PUT", true) or ("POST", true) => "PutObject",
            ("DELETE", true) when query.Contains("uploadId=", StringComparison.Ordinal) => "AbortMultipartUpload",
            ("DELETE", true) => isVersion ? "DeleteObjectVersion" : "DeleteObject",
            ("GET", false) => query.Contains("versions", StringComparison.Ordinal)
                ? "ListBucketVersions"
                : "ListBucket",
            _ => throw new InvalidOperationException($"No permission is known for {method} ?{query}."),
        };
    }
}
