using Recommendation.Domain.Profiles;
using Recommendation.Emulators;
using Recommendation.StreamProcessor.Tests.Given;

namespace Recommendation.StreamProcessor.Tests;

/// <summary>The host as a process of its own.</summary>
[Collection("One environment")]
public sealed class ProcessTests
{
    private static readonly string s_executable = Path.Combine(
        AppContext.BaseDirectory,
        OperatingSystem.IsWindows() ? "Recommendation.StreamProcessor.exe" : "Recommendation.StreamProcessor"
    );

    [Fact]
    public async Task A_table_that_is_not_there_while_the_process_starts_is_asked_again_by_the_first_batch()
    {
        await using var world = await AwsWorld.StartAsync();
        var shard = new Shard().Add(100);
        var first = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        world.Table = request =>
        {
            if (first.Task.IsCompleted)
                return null;
            if (request.Text.Contains("first-call", StringComparison.Ordinal))
                first.TrySetResult();
            return StubAnswer.Error(400, "ResourceNotFoundException");
        };
        await using var api = await RuntimeApi.StartAsync();
        await using var function = FunctionProcess.Start(s_executable, api, world.Environment);
        await first.Task;
        var outcome = await function.InvokeAsync(StreamedRecord.ToEvent(shard.Records));

        Assert.False(outcome.IsError, outcome.Text);
        await world.AssertCleanAsync(ProfilePolicy.Default, shard);
    }

    [Fact]
    public async Task A_process_that_is_killed_between_save_and_answer_loses_and_doubles_nothing()
    {
        await using var world = await AwsWorld.StartAsync();
        var shard = new Shard().Add(100);
        FunctionProcess? function = null;
        var saves = 0;
        world.Table = request =>
        {
            // Of the seven users of the batch, the table takes five; the answers of these are all that the process sees
            // of it.
            if (request.Is("PutItem") && ++saves == 6)
                function!.Kill();
            return null;
        };
        await using var killed = await RuntimeApi.StartAsync();
        function = FunctionProcess.Start(s_executable, killed, world.Environment);
        await Assert.ThrowsAsync<DiedException>(() => function.InvokeAsync(StreamedRecord.ToEvent(shard.Records)));
        await function.DisposeAsync();
        Assert.NotEmpty(await world.ProfilesAsync());

        await using var api = await RuntimeApi.StartAsync();
        await using var next = FunctionProcess.Start(s_executable, api, world.Environment);
        await new EventSourceMapping(new MappingOptions(), next.InvokeAsync, () => Shard.Noon).DeliverAsync(
            shard.Records
        );

        await world.AssertCleanAsync(ProfilePolicy.Default, shard);
        Assert.Contains(
            next.Lines,
            line => line.Contains("\"processedRecords\":100,\"failedRecords\":0", StringComparison.Ordinal)
        );
        Assert.Contains(
            next.Lines,
            line => line.Contains("\"recommendation.records.accepted\":", StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task With_the_memory_of_a_small_function_attacks_are_quarantined_and_good_records_count_in_one_delivery()
    {
        await using var world = await AwsWorld.StartAsync();
        var shard = new Shard().Add(20);
        foreach (var attack in Attack.All.Values)
        {
            shard.Put(attack());
            shard.Add(1);
        }
        var puts = 0;
        world.Bucket = request =>
        {
            if (request.Method == "PUT")
                Interlocked.Increment(ref puts);
            return null;
        };
        // Of the 512 MB of a function, a quarter for the heap.
        var environment = new Dictionary<string, string>(world.Environment, StringComparer.Ordinal)
        {
            ["DOTNET_GCHeapHardLimit"] = "0x8000000",
        };
        await using var api = await RuntimeApi.StartAsync();
        await using var function = FunctionProcess.Start(s_executable, api, environment);

        var outcome = await function.InvokeAsync(StreamedRecord.ToEvent(shard.Records));

        Assert.Equal((false, """{"batchItemFailures":[]}"""), (outcome.IsError, outcome.Text));
        await world.AssertCleanAsync(ProfilePolicy.Default, shard);
        // A record of the quarantine is two objects: the record, and its position.
        Assert.Equal(2 * Attack.All.Count, puts);
    }

    [Fact]
    public async Task A_process_that_is_killed_between_a_history_and_its_profile_loses_and_doubles_nothing()
    {
        await using var world = await AwsWorld.StartAsync();
        var shard = new Shard().Add(250, users: 1);
        FunctionProcess? function = null;
        var saves = 0;
        world.Table = request =>
        {
            if (!request.Is("PutItem") || ++saves != 2)
                return null;
            function!.Kill();
            return StubAnswer.Error(500, "InternalServerError");
        };
        await using var killed = await RuntimeApi.StartAsync();
        function = FunctionProcess.Start(s_executable, killed, world.Environment);
        await Assert.ThrowsAsync<DiedException>(() => function.InvokeAsync(StreamedRecord.ToEvent(shard.Records)));
        await function.DisposeAsync();
        Assert.Empty(await world.ProfilesAsync());

        await using var api = await RuntimeApi.StartAsync();
        await using var next = FunctionProcess.Start(s_executable, api, world.Environment);
        await new EventSourceMapping(new MappingOptions(), next.InvokeAsync, () => Shard.Noon).DeliverAsync(
            shard.Records
        );

        await world.AssertCleanAsync(ProfilePolicy.Default, shard);
        Assert.NotNull(Assert.Single(await world.ProfilesAsync()).Value.HistoryKey);
    }

    [Fact]
    public async Task The_process_ends_in_peace_when_it_is_asked_to()
    {
        await using var world = await AwsWorld.StartAsync();
        await using var api = await RuntimeApi.StartAsync();
        await using var function = FunctionProcess.Start(s_executable, api, world.Environment);
        await api.Ready;

        await function.TerminateAsync();

        Assert.Equal(0, function.ExitCode);
    }

    [Fact]
    public async Task A_setting_that_can_not_be_meant_is_told_to_lambda()
    {
        await using var api = await RuntimeApi.StartAsync();
        await using var function = FunctionProcess.Start(
            s_executable,
            api,
            new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["TABLE_NAME"] = "t",
                ["STREAM_RETENTION_HOURS"] = "soon",
            }
        );

        var told = await api.InitError;
        await function.Exited;

        Assert.Contains("STREAM_RETENTION_HOURS is 'soon'", told.Text, StringComparison.Ordinal);
        Assert.NotEqual(0, function.ExitCode);
    }
}
