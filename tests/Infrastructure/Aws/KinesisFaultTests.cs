using System.Text.Json;
using Amazon.Kinesis.Model;
using Recommendation.Application.Ports;
using Recommendation.Aws.Kinesis;
using Recommendation.Contracts;
using Recommendation.Emulators;

namespace Recommendation.Aws.Tests;

public sealed class KinesisFaultTests
{
    private static readonly CancellationToken None = CancellationToken.None;

    [Fact]
    public async Task Records_that_the_stream_did_not_take_are_put_again_alone_and_in_their_order()
    {
        var sent = new List<string[]>();
        await using var stub = await FaultProxy.StartAsync(request =>
        {
            var keys = KeysOf(request);
            sent.Add(keys);
            // The first time every third one is throttled, the second time all but the last.
            return Answer(
                keys,
                (key, i) =>
                    sent.Count switch
                    {
                        1 => i % 3 != 0,
                        2 => i == keys.Length - 1,
                        _ => true,
                    }
            );
        });
        await using var fixture = await AwsFixture.ConnectAsync(kinesis: stub.Url);
        var outcomes = await fixture.Log.AppendAsync(
            [.. Enumerable.Range(0, 7).Select(i => Some.Interaction($"u{i}"))],
            None
        );

        Assert.Equal(3, sent.Count);
        Assert.Equal(["u0", "u3", "u6"], sent[1]);
        Assert.Equal(["u0", "u3"], sent[2]);
        Assert.Equal(
            ["u0", "u1", "u2", "u3", "u4", "u5", "u6"],
            outcomes.Select(outcome => outcome.Position.Partition[6..])
        );
    }

    [Fact]
    public async Task Records_that_are_never_taken_fail_the_append_after_a_bounded_number_of_attempts()
    {
        await using var stub = await FaultProxy.StartAsync(request =>
            Answer(KeysOf(request), (key, _) => !string.Equals(key, "u1", StringComparison.Ordinal))
        );
        await using var fixture = await AwsFixture.ConnectAsync(kinesis: stub.Url);
        var problem = await Assert.ThrowsAsync<LogUnavailableException>(() =>
            fixture.Log.AppendAsync([Some.Interaction("u0"), Some.Interaction("u1")], None)
        );
        Assert.Contains(
            "did not take 1 of 2 records in 4 attempts (ProvisionedThroughputExceededException",
            problem.Message,
            StringComparison.Ordinal
        );
        Assert.Equal(4, stub.Requests.Count);
    }

    [Fact]
    public async Task A_stream_that_is_not_there_fails_the_check_with_its_name()
    {
        await using var stub = await FaultProxy.StartAsync(_ =>
            StubAnswer.Of(400, """{"__type":"ResourceNotFoundException","message":"Stream gone not found"}""")
        );
        await using var fixture = await AwsFixture.ConnectAsync(kinesis: stub.Url);
        var problem = await Assert.ThrowsAsync<LogUnavailableException>(() => fixture.Log.CheckAsync(None));
        Assert.EndsWith(" does not exist in this account and region.", problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(500, "InternalFailure")]
    [InlineData(400, "ProvisionedThroughputExceededException")]
    public async Task A_call_that_fails_for_a_while_is_repeated(int status, string error)
    {
        var failures = 0;
        await using var proxy = await FaultProxy.StartAsync(
            request => request.Is("PutRecords") && failures++ < 2 ? StubAnswer.Error(status, error) : null,
            (await EmulatorServers.RunningAsync()).Kinesis
        );
        await using var fixture = await AwsFixture.WithAllAsync(kinesis: proxy.Url);
        Assert.True(Assert.Single(await fixture.Log.AppendAsync([Some.Interaction()], None)).Position.IsAssigned);
        Assert.Equal(3, proxy.CountOf("PutRecords"));
    }

    [Fact]
    public async Task A_call_holds_at_most_500_records_and_5_MB()
    {
        await using var stub = await FaultProxy.StartAsync(request => Answer(KeysOf(request), (_, _) => true));
        await using var fixture = await AwsFixture.ConnectAsync(kinesis: stub.Url);
        var put = new StreamPut(fixture.Kinesis, fixture.Options, fixture.Backoff);

        await put.PutAsync([.. Enumerable.Range(0, 1_201).Select(i => RecordOf($"u{i}", 10))], None);
        Assert.Equal([500, 500, 201], stub.Requests.Select(request => KeysOf(request).Length));

        await put.PutAsync([.. Enumerable.Range(0, 13).Select(i => RecordOf($"u{i}", 1_000_000))], None);
        Assert.Equal([4, 4, 4, 1], stub.Requests.Skip(3).Select(request => KeysOf(request).Length));
    }

    [Fact]
    public async Task A_cancelled_append_stops_waiting_for_a_stream_that_says_nothing()
    {
        var arrived = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var stub = await FaultProxy.StartAsync(_ =>
        {
            arrived.TrySetResult();
            return StubAnswer.Silence;
        });
        await using var fixture = await AwsFixture.ConnectAsync(kinesis: stub.Url);
        using var stop = new CancellationTokenSource();
        var appending = fixture.Log.AppendAsync([Some.Interaction()], stop.Token);
        await arrived.Task;
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => appending.WaitAsync(TimeSpan.FromSeconds(30)));
    }

    [Theory]
    [InlineData("<html>Bad gateway</html>")]
    [InlineData("""{"FailedRecordCount":0,"Records":[]}""")]
    [InlineData("""{"Records":7}""")]
    public async Task An_answer_that_is_none_is_a_failure_and_not_a_success(string answer)
    {
        await using var stub = await FaultProxy.StartAsync(_ => StubAnswer.Of(200, answer));
        await using var fixture = await AwsFixture.ConnectAsync(
            kinesis: stub.Url,
            configure: options => options.RequestRetries = 0
        );
        await Assert.ThrowsAsync<LogUnavailableException>(() => fixture.Log.AppendAsync([Some.Interaction()], None));
    }

    [Fact]
    public async Task A_stream_that_does_not_exist_is_said_so()
    {
        await using var fixture = await AwsFixture.ConnectAsync();
        var problem = await Assert.ThrowsAsync<LogUnavailableException>(() =>
            fixture.Log.AppendAsync([Some.Interaction()], None)
        );
        Assert.Equal(
            $"Stream {fixture.Options.StreamName} does not exist in this account and region.",
            problem.Message
        );
    }

    [Fact]
    public async Task An_iterator_that_expires_is_fetched_anew_after_the_last_record()
    {
        var reads = 0;
        await using var proxy = await FaultProxy.StartAsync(
            request =>
                request.Is("GetRecords") && reads++ == 1 ? StubAnswer.Error(400, "ExpiredIteratorException") : null,
            (await EmulatorServers.RunningAsync()).Kinesis
        );
        await using var fixture = await AwsFixture.WithAllAsync(kinesis: proxy.Url);
        await fixture.Log.AppendAsync([.. Enumerable.Range(0, 3).Select(i => Some.Interaction(item: $"i{i}"))], None);

        var reader = new ShardReader(fixture.Kinesis, fixture.Options, fixture.Backoff);
        var shard = Assert.Single(await reader.ShardsAsync(None));
        var read = new List<string>();
        await foreach (var records in reader.ReadAsync(shard.ShardId, after: null, None))
            read.AddRange(records.Select(record => record.SequenceNumber));
        Assert.Equal(3, read.Count);
        Assert.Equal(read.Distinct(StringComparer.Ordinal), read);
        Assert.Equal(2, proxy.CountOf("GetShardIterator"));
    }

    private static PutRecordsRequestEntry RecordOf(string key, int bytes) =>
        new() { Data = new byte[bytes], PartitionKey = key };

    private static string[] KeysOf(StubRequest request)
    {
        using var json = JsonDocument.Parse(request.Body);
        return
        [
            .. json
                .RootElement.GetProperty("Records")
                .EnumerateArray()
                .Select(record => record.GetProperty("PartitionKey").GetString()!),
        ];
    }

    private static StubAnswer Answer(string[] keys, Func<string, int, bool> isTaken) =>
        StubAnswer.Of(
            200,
            JsonSerializer.Serialize(
                new
                {
                    FailedRecordCount = keys.Where((key, i) => !isTaken(key, i)).Count(),
                    Records = keys.Select(
                        (key, i) =>
                            isTaken(key, i)
                                ? new Dictionary<string, string>(StringComparer.Ordinal)
                                {
                                    ["ShardId"] = $"shard-{key}",
                                    ["SequenceNumber"] = "7",
                                }
                                : new Dictionary<string, string>(StringComparer.Ordinal)
                                {
                                    ["ErrorCode"] = "ProvisionedThroughputExceededException",
                                    ["ErrorMessage"] = "slow down",
                                }
                    ),
                }
            )
        );
}
