using Recommendation.Emulators;

namespace Recommendation.Integration.Tests.Given;

/// <summary>A table, a bucket and a stream of a test's own, made by the command line, with a recorder before the table and the bucket.</summary>
internal sealed class Stack : IAsyncDisposable
{
    private readonly EmulatorServers _servers;
    private readonly FaultProxy _dynamo;
    private readonly FaultProxy _s3;
    private readonly string _name = $"test-{Guid.NewGuid():N}";

    private (int Dynamo, int S3) _seen;

    private Stack(EmulatorServers servers, FaultProxy dynamo, FaultProxy s3)
    {
        (_servers, _dynamo, _s3) = (servers, dynamo, s3);
        Shards = new KinesisShards(servers.Kinesis, _name);
    }

    internal KinesisShards Shards { get; }

    /// <summary>What the table does; null to do as it is asked.</summary>
    internal Func<StubRequest, StubAnswer?> Table { get; set; } = _ => null;

    /// <summary>A function's settings.</summary>
    internal Dictionary<string, string> FunctionSettings => Settings(_dynamo.Url, _s3.Url);

    /// <summary>What the functions asked of AWS since this was asked last.</summary>
    internal IReadOnlyList<string> TakeCalls()
    {
        var (dynamo, s3) = (_dynamo.Requests, _s3.Requests);
        var calls = CallLog.Of(dynamo.Skip(_seen.Dynamo), s3.Skip(_seen.S3), _name);
        _seen = (dynamo.Count, s3.Count);
        return calls;
    }

    /// <summary>An object of the bucket as text.</summary>
    internal async Task<string> ReadAsync(string key)
    {
        using var client = new HttpClient();
        return await client.GetStringAsync(new Uri(_servers.S3, $"{_name}/{key}"));
    }

    internal string Bucket => _name;

    internal Uri S3 => _servers.S3;

    internal static async Task<Stack> StartAsync(int shards)
    {
        var servers = await EmulatorServers.RunningAsync();
        Stack? stack = null;
        stack = new Stack(
            servers, await FaultProxy.StartAsync(request => stack?.Table(request), servers.DynamoDb), await FaultProxy.StartAsync(_ => null, servers.S3));
        await stack.RecommendAsync("platform", "init", "--shards", shards.ToString(System.Globalization.CultureInfo.InvariantCulture));
        return stack;
    }

    /// <summary>The command line on this stack.</summary>
    internal Task<string> RecommendAsync(params string[] arguments) =>
        CommandLine.RecommendAsync(Settings(_servers.DynamoDb, _servers.S3), [.. arguments, "--platform", "aws"]);

    public async ValueTask DisposeAsync()
    {
        Shards.Dispose();
        await _dynamo.DisposeAsync();
        await _s3.DisposeAsync();
    }

    private Dictionary<string, string> Settings(Uri dynamo, Uri s3) => new(StringComparer.Ordinal)
    {
        ["TABLE_NAME"] = _name,
        ["BUCKET_NAME"] = _name,
        ["STREAM_NAME"] = _name,
        ["AWS_ENDPOINT_URL_DYNAMODB"] = dynamo.ToString(),
        ["AWS_ENDPOINT_URL_S3"] = s3.ToString(),
        ["AWS_ENDPOINT_URL_KINESIS"] = _servers.Kinesis.ToString(),
        ["AWS_REGION"] = "us-east-1",
        ["AWS_ACCESS_KEY_ID"] = "test",
        ["AWS_SECRET_ACCESS_KEY"] = "test",
    };
}
