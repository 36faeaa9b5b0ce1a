using System.Diagnostics;
using System.Globalization;
using Recommendation.Client;
using Recommendation.Clients.Tests.DotNet.Given;

namespace Recommendation.Clients.Tests.DotNet;

/// <summary>The writer and a real server that dies: nothing is lost, and nothing counts twice.</summary>
[Collection(ServeProcess.Tests)]
public sealed class KilledServerTests
{
    private const int Events = 10_000;
    private const int Kills = 3;

    [Fact]
    public async Task A_server_that_is_killed_three_times_gets_every_event_once()
    {
        await using var server = await ServeProcess.StartAsync();
        await using var program = new ClientProgram(
            server.Address,
            options =>
            {
                options.Events.SpillFolder = server.Spill;
                options.Events.BatchSize = 50;
            });
        var writer = program.Writer;
        var writing = Task.Run(async () =>
        {
            for (var n = 0; n < Events; n++)
            {
                await writer.WriteAsync(Event(n));
                // Spread over the lives of the server: it must be killed while events are on their way.
                if (n % 100 == 0)
                    await Task.Delay(25);
            }
        });
        for (var kill = 1; kill <= Kills; kill++)
        {
            await UntilAsync(() => writer.Status.Delivered >= kill * 1_000);
            await server.KillAsync();
            await UntilAsync(() => writer.Status is { IsAway: true, OnDisk: > 0 });
            await server.RestartAsync();
        }
        await writing;
        await writer.FlushAsync().WaitAsync(TimeSpan.FromMinutes(2));

        var status = writer.Status;
        Assert.Equal((Events, Events, 0L, 0L, 0L), (status.Written, status.Delivered, status.Rejected, status.Dropped,
            status.OnDisk));
        Assert.Empty(Directory.GetFiles(server.Spill));
        await server.KillAsync();
        Assert.Equal(Items(Events), Ordered(await server.LoggedItemsAsync()));
    }

    [Fact]
    public async Task What_a_process_left_on_the_disk_is_sent_by_the_next_and_by_a_copy_of_it_and_counts_once()
    {
        await using var server = await ServeProcess.StartAsync();
        await server.KillAsync();
        var copy = server.Spill + "-copy";
        void Spilling(RecommendationClientOptions options) => options.Events.SpillFolder = server.Spill;
        await using (var first = new ClientProgram(server.Address, Spilling))
        {
            for (var n = 0; n < 1_200; n++)
                Assert.True(first.Writer.Write(Event(n)));
            await UntilAsync(() => first.Writer.Status.OnDisk == 1_200);
            // What is on the disk if the machine stops now.
            using var copying = Process.Start("cp", ["-r", server.Spill, copy]);
            await copying.WaitForExitAsync();
            Assert.Equal(0, copying.ExitCode);
        }
        Assert.NotEmpty(Directory.GetFiles(server.Spill));
        await server.RestartAsync();
        foreach (var folder in (string[])[server.Spill, copy])
        {
            await using var next = new ClientProgram(server.Address, options => options.Events.SpillFolder = folder);
            var writer = next.Writer;
            Assert.Equal(1_200, writer.Status.Resumed);
            await UntilAsync(() => writer.Status is { Delivered: 1_200, OnDisk: 0 });
            Assert.Empty(Directory.GetFiles(folder));
        }
        await server.KillAsync();
        Assert.Equal(Items(1_200), Ordered(await server.LoggedItemsAsync()));
    }

    [Fact]
    public async Task Events_that_the_server_rejects_are_reported_with_reasons_and_the_others_are_taken()
    {
        await using var server = await ServeProcess.StartAsync();
        var rejected = new List<RejectedEvent>();
        await using var program = new ClientProgram(server.Address, options => options.Events.OnRejected = one =>
        {
            lock (rejected)
                rejected.Add(one);
        });
        var ahead = TimeProvider.System.GetUtcNow().AddHours(1);
        program.Writer.Write(Event(0));
        program.Writer.Write(Event(1) with { Timestamp = ahead });
        program.Writer.Write(Event(2) with { UserId = "two\nlines" });
        program.Writer.Write(Event(3) with { ItemId = "lone \ud800 surrogate" });
        await program.Writer.FlushAsync().WaitAsync(TimeSpan.FromMinutes(1));
        // A batch of nothing but invalid events is answered in another way.
        program.Writer.Write(Event(4) with { InteractionType = "NO TYPE" });
        await program.Writer.FlushAsync().WaitAsync(TimeSpan.FromMinutes(1));

        Assert.Equal(3, rejected.Count);
        Assert.Equal(
            ["i000001", "i000002", "i000004"], rejected.Select(one => one.Event.ItemId).Order(StringComparer.Ordinal));
        Assert.All(rejected, one => Assert.Matches("^[a-z-]+$", one.Reason));
        Assert.All(rejected, one => Assert.NotEmpty(one.Message));
        var status = program.Writer.Status;
        Assert.Equal((5L, 2L, 3L), (status.Written, status.Delivered, status.Rejected));
        Assert.Contains(program.Logs.Lines, line => line.Contains("rejected 1 of", StringComparison.Ordinal));
        Assert.DoesNotContain(program.Logs.Lines, line => line.Contains("lines", StringComparison.Ordinal));
    }

    private static RecommendationEvent Event(int n) => new()
    {
        UserId = string.Create(CultureInfo.InvariantCulture, $"u{n % 97}"),
        ItemId = Item(n),
    };

    private static string Item(int n) => string.Create(CultureInfo.InvariantCulture, $"i{n:D6}");

    private static IEnumerable<string> Items(int count) => Enumerable.Range(0, count).Select(Item);

    private static IEnumerable<string> Ordered(IEnumerable<string> items) => items.Order(StringComparer.Ordinal);

    private static async Task UntilAsync(Func<bool> condition)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        while (!condition())
            await Task.Delay(5, deadline.Token);
    }
}
