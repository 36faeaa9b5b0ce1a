using Recommendation.Application.Batches;
using Recommendation.Application.Erasures;
using Recommendation.Application.Ports;
using Recommendation.Application.Profiles;
using Recommendation.Domain.Batches;
using Recommendation.Local;
using Recommendation.Simulator.Checks;
using Recommendation.Simulator.Scripts;

namespace Recommendation.Simulator.Actors;

/// <summary>
/// What hosts and operators do in the end: everything is delivered, interrupted work goes on, and then
/// all must be right.
/// </summary>
internal sealed class Settlement(World world)
{
    // Longer than any clock was off, and than a lease.
    private static readonly TimeSpan s_wait = TimeSpan.FromHours(80);

    private readonly Delivery _delivery = new(world);

    internal async Task SettleAsync()
    {
        foreach (var node in world.Nodes)
            node.Clock.Offset = default;
        await ApplyAsync();
        await ResumeErasuresAsync();
        await ResumeRunsAsync();
        await ApplyAsync();
        var check = new FinalCheck(world);
        check.Check();
        // Made anew from the log, the profiles must be what they are.
        await world.Nodes[0].SendAsync(new RebuildProfiles());
        check.Check();
    }

    private async Task ApplyAsync()
    {
        if (world.Shards is not { } stream)
        {
            await world.Nodes[0].SendAsync(new CatchUpProfiles(LocalLog.Partition));
            return;
        }
        while (stream.All.Exists(shard => shard.Delivered < shard.Records.Count))
        {
            var before = stream.All.Sum(shard => shard.Delivered);
            foreach (var shard in stream.All)
                await _delivery.DeliverAsync(world.Nodes[0], shard, DeliveryKind.Next);
            if (stream.All.Sum(shard => shard.Delivered) > before)
                continue;
            world.Report("A shard stalls although nothing fails.");
            return;
        }
        stream.Archive();
    }

    private async Task ResumeErasuresAsync()
    {
        var open = await world.Nodes[0].SendAsync(new ResumeErasures());
        if (open.Erasures.Any(erasure => !erasure.IsFinished))
        {
            world.Pass(s_wait);
            open = await world.Nodes[0].SendAsync(new ResumeErasures());
        }
        foreach (var erasure in open.Erasures.Where(erasure => !erasure.IsFinished))
            world.Report($"Erasure {erasure.Id} of {erasure.User} was resumed, and is not finished: {erasure.Problem}");
    }

    private async Task ResumeRunsAsync()
    {
        var runs = await world.Target<IBatchRuns>().ListAsync(100, CancellationToken.None);
        if (runs.Count > 0)
            world.Pass(s_wait);
        foreach (var run in runs.Where(run => run.State is not (BatchState.Completed or BatchState.Skipped)))
        {
            var ended = await world.Nodes[1].SendAsync(new RunBatch(run.Id));
            if (ended.State != BatchState.Completed)
                world.Report($"Run {run.Id} was resumed, and is {ended.State}.");
        }
    }
}
