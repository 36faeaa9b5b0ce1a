using System.Net;
using Recommendation.AdminApi.Tests.Given;
using Recommendation.Application.Ports;

namespace Recommendation.AdminApi.Tests;

/// <summary>A run whose process ended is shown as what it is, and goes on when it is started again.</summary>
public sealed class InterruptedRunTests
{
    [Fact]
    public async Task A_run_whose_process_ended_is_interrupted_and_can_be_resumed()
    {
        using var folder = new TemporaryFolder();
        HeldRanker? ranker = null;
        await using (
            var api = await RunningApi.StartAsync(
                folder: folder.Path,
                replace: services => services.Intercept<IRanker>(inner => ranker = new HeldRanker(inner))
            )
        )
        {
            await Shop.FillAsync(api);
            ranker!.IsHeld = true;
            (await api.PostAsync("/v1/batch-runs", """{"runId":"cut-off"}""")).Expect(HttpStatusCode.Accepted);
            await ranker.Entered;
            Assert.Equal("ranking", await StateAsync(api));
        }

        await using var next = await RunningApi.StartAsync(folder: folder.Path);
        Assert.Equal("interrupted", await StateAsync(next));
        Assert.Equal(
            "interrupted",
            (await next.GetAsync("/v1/batch-runs?n=1")).Json["runs"]![0]!["state"]!.GetValue<string>()
        );
        var overview = (await next.GetAsync("/v1/overview")).Expect(HttpStatusCode.OK).Json;
        Assert.Null(overview["running"]);
        Assert.Equal("interrupted", overview["lastRun"]!["state"]!.GetValue<string>());

        (await next.PostAsync("/v1/batch-runs", """{"runId":"cut-off"}""")).Expect(HttpStatusCode.Accepted);
        for (var tries = 0; await StateAsync(next) != "completed"; tries++)
        {
            Assert.True(tries < 600, "The resumed run does not end.");
            await Task.Delay(50);
        }
    }

    [Fact]
    public async Task A_run_over_given_users_makes_the_lists_no_younger()
    {
        var time = new ManualTime(Shop.Noon);
        await using var api = await RunningApi.StartAsync(options => options.Time = time);
        await Shop.FillAsync(api);
        time.Advance(TimeSpan.FromHours(3));
        await api.SendAsync(new Application.Batches.RunBatch(
            Domain.Batches.BatchRunId.Parse("chosen"), Users: [Domain.Interactions.UserId.Parse("u1")]));
        var overview = (await api.GetAsync("/v1/overview")).Expect(HttpStatusCode.OK).Json;
        Assert.Equal("chosen", overview["lastRun"]!["runId"]!.GetValue<string>());
        Assert.Equal(TimeSpan.FromHours(3).TotalSeconds, overview["listAgeSeconds"]!.GetValue<double>());
        Assert.NotNull(overview["fallbackShare"]);
    }

    private static async Task<string> StateAsync(RunningApi api) =>
        (await api.GetAsync("/v1/batch-runs/cut-off")).Expect(HttpStatusCode.OK).Json["run"]![
            "state"
        ]!.GetValue<string>();

    /// <summary>Ranks nothing while it is held, until it is told to stop.</summary>
    private sealed class HeldRanker(IRanker inner) : IRanker
    {
        private readonly TaskCompletionSource _entered = new(TaskCreationOptions.RunContinuationsAsynchronously);

        internal bool IsHeld { get; set; }

        internal Task Entered => _entered.Task;

        public async Task<RankedUsers> RankAsync(RankUsers request, CancellationToken cancellationToken)
        {
            if (IsHeld && request.Users.Count > 1)
            {
                _entered.TrySetResult();
                await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
            }
            return await inner.RankAsync(request, cancellationToken);
        }
    }
}
