using System.Net;
using System.Text;

namespace Recommendation.ModelServer.Tests;

/// <summary>How the container begins and ends.</summary>
public sealed class LifeCycleTests
{
    [Fact]
    public async Task Told_to_stop_it_answers_what_was_asked_and_ends_with_0()
    {
        using var folder = new ContainerFolder();
        folder.WithHyperparameters().With("input/data/interactions/events.jsonl", ContainerFolder.Events(40));
        Assert.Equal(0, (await ContainerProcess.TrainAsync(folder)).ExitCode);
        await using var server = await ContainerProcess.ServeAsync(folder);
        using var content = new HeldContent("""{"users":[{"userId":"u","recent":[{"itemId":"a1"}]}]}""");

        var asked = server.Http.SendAsync(
            new HttpRequestMessage(HttpMethod.Post, "invocations")
            {
                Content = content,
                Headers = { ExpectContinue = true },
            }
        );
        await content.HalfSent;
        await server.SignalAsync("TERM");
        await server.UntilAsync("shutting down");
        content.Release();

        Assert.Equal(HttpStatusCode.OK, (await asked).StatusCode);
        Assert.Equal(0, await server.EndAsync());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("{\"formatVersion\":99}")]
    public async Task A_model_that_can_not_be_served_ends_it_with_an_error(string? manifest)
    {
        using var folder = new ContainerFolder();
        Directory.CreateDirectory(folder.Model);
        if (manifest is not null)
            folder.With("model/manifest.json", manifest);

        await using var server = ContainerProcess.Start("serve", folder, "--address", "127.0.0.1", "--port", "0");

        await server.UntilAsync("cannot be served");
        Assert.Equal(1, await server.EndAsync());
    }

    [Fact]
    public async Task Who_answers_requests_is_not_root()
    {
        if (OperatingSystem.IsWindows())
            return;
        using var folder = new ContainerFolder();
        folder.WithHyperparameters().With("input/data/interactions/events.jsonl", ContainerFolder.Events(40));
        Assert.Equal(0, (await ContainerProcess.TrainAsync(folder)).ExitCode);
        File.SetUnixFileMode(folder.Path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
            | UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute);
        await using var server = await ContainerProcess.ServeAsync(folder);

        var status = await File.ReadAllLinesAsync($"/proc/{server.Id}/status");
        foreach (
            var ids in status.Where(line =>
                line.StartsWith("Uid:", StringComparison.Ordinal) || line.StartsWith("Gid:", StringComparison.Ordinal)
            )
        )
            Assert.DoesNotContain("0", ids.Split('\t').Skip(1));
        using var content = new StringContent(
            """{"users":[{"userId":"u","recent":[{"itemId":"a1"}]}]}""",
            Encoding.UTF8,
            "application/json"
        );
        Assert.Equal(HttpStatusCode.OK, (await server.Http.PostAsync("invocations", content)).StatusCode);
    }

    /// <summary>A body whose second half waits.</summary>
    private sealed class HeldContent : HttpContent
    {
        private readonly byte[] _bytes;
        private readonly TaskCompletionSource _half = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource _rest = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public HeldContent(string text)
        {
            _bytes = Encoding.UTF8.GetBytes(text);
            Headers.ContentType = new("application/json");
            Headers.ContentLength = _bytes.Length;
        }

        public Task HalfSent => _half.Task;

        public void Release() => _rest.SetResult();

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            await stream.WriteAsync(_bytes.AsMemory(0, 10));
            await stream.FlushAsync();
            _half.SetResult();
            await _rest.Task;
            await stream.WriteAsync(_bytes.AsMemory(10));
        }

        protected override bool TryComputeLength(out long length)
        {
            length = _bytes.Length;
            return true;
        }
    }
}
