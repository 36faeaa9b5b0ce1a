using Recommendation.Emulators;

namespace Recommendation.Integration.Tests.Given;

/// <summary>
/// A table, a bucket and a stream of a test's own, made by the command line, with a recorder before each; and a state
/// machine that starts whatever it is asked to.
/// </summary>
internal sealed class Stack : IAsyncDisposable
{
    private readonly EmulatorServers _servers;
    private readonly FaultProxy _dynamo;
    private readonly FaultProxy _s3;
    private readonly FaultProxy _kinesis;
    private readonly FaultProxy _states;
    private readonly string _name = $"test-{Guid.NewGuid():N}";

    private readonly Dictionary<FaultProxy, int> _seen = [];

    private Stack(EmulatorServers servers, FaultProxy dynamo, FaultProxy s3, FaultProxy kinesis, FaultProxy states)
    {
        (_servers, _dynamo, _s3, _kinesis, _states) = (servers, dynamo, s3, kinesis, states);
        Shards = new KinesisShards(servers.Kinesis, _name);
    }

    internal KinesisShards Shards { get; }

    /// <summary>What the table does; null to do as it is asked.</summary>
    internal Func<StubRequest, StubAnswer?> Table { get; set; } = _ => null;

    /// <summary>A function's settings.</summary>
    internal Dictionary<string, string> FunctionSettings =>
        new(Settings(_dynamo.Url, _s3.Url, _kinesis.Url), StringComparer.Ordinal)
        {
            ["STATE_MACHINE_ARN"] = "arn:aws:states:us-east-1:123456789012:stateMachine:batch",
            ["ERASURE_MACHINE_ARN"] = "arn:aws:states:us-east-1:123456789012:stateMachine:erasure",
            ["AWS_ENDPOINT_URL_SFN"] = _states.Url.ToString(),
        };

    /// <summary>What the functions asked of AWS since this was asked last.</summary>
    internal IReadOnlyList<string> TakeCalls() =>
        CallLog.Of(Take(_dynamo), Take(_s3), Take(_kinesis), Take(_states), _name);

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
            servers,
            await FaultProxy.StartAsync(request => stack?.Table(request), servers.DynamoDb),
            await FaultProxy.StartAsync(_ => null, servers.S3),
            await FaultProxy.StartAsync(_ => null, servers.Kinesis),
            await FaultProxy.StartAsync(Execute)
        );
        await stack.RecommendAsync(
            "platform",
            "init",
            "--shards",
            shards.ToString(System.Globalization.CultureInfo.InvariantCulture)
        );
        return stack;
    }

    /// <summary>The command line on this stack.</summary>
    internal Task<string> RecommendAsync(params string[] arguments) =>
        CommandLine.RecommendAsync(
            Settings(_servers.DynamoDb, _servers.S3, _servers.Kinesis),
            [.. arguments, "--platform", "aws"]
        );

    public async ValueTask DisposeAsync()
    {
        Shards.Dispose();
        await _dynamo.DisposeAsync();
        await _s3.DisposeAsync();
        await _kinesis.DisposeAsync();
        await _states.DisposeAsync();
    }

    private IEnumerable<StubRequest> Take(FaultProxy recorder)
    {
        var all = recorder.Requests;
        var fresh = all.Skip(_seen.GetValueOrDefault(recorder)).ToList();
        _seen[recorder] = all.Count;
        return fresh;
    }

    private static StubAnswer Execute(StubRequest request) =>
        request.Is("StartExecution")
            ? StubAnswer.Of(
                200,
                """{"executionArn":"arn:aws:states:us-east-1:123456789012:execution:batch:r-1","startDate":1}"""
            )
            : StubAnswer.Of(
                200,
                """{"executionArn":"arn:aws:states:us-east-1:123456789012:execution:batch:r-1","status":"RUNNING"}"""
            );

    private Dictionary<string, string> Settings(Uri dynamo, Uri s3, Uri kinesis) => new(StringComparer.Ordinal)
    {
        ["TABLE_NAME"] = _name,
        ["BUCKET_NAME"] = _name,
        ["STREAM_NAME"] = _name,
        ["AWS_ENDPOINT_URL_DYNAMODB"] = dynamo.ToString(),
        ["AWS_ENDPOINT_URL_S3"] = s3.ToString(),
        ["AWS_ENDPOINT_URL_KINESIS"] = kinesis.ToString(),
        ["AWS_REGION"] = "us-east-1",
        ["AWS_ACCESS_KEY_ID"] = "test",
        ["AWS_SECRET_ACCESS_KEY"] = "test",
    };
}
