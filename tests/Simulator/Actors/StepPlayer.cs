using System.Text;
using Recommendation.Application.Batches;
using Recommendation.Application.Erasures;
using Recommendation.Application.Interactions;
using Recommendation.Application.Ports;
using Recommendation.Application.Profiles;
using Recommendation.Application.Quarantine;
using Recommendation.Domain.Batches;
using Recommendation.Domain.Interactions;
using Recommendation.Local;
using Recommendation.Simulator.Scripts;

namespace Recommendation.Simulator.Actors;

/// <summary>Does what a step of a script says, as a client outside of the processes.</summary>
internal sealed class StepPlayer(World world)
{
    private const int Attempts = 6;

    private readonly Delivery _delivery = new(world);
    private long _requests;

    internal Task PlayAsync(ScriptStep step) => step switch
    {
        ScriptStep.Send send => SendAsync(send),
        ScriptStep.Put put => PutAsync(put),
        ScriptStep.CatchUp catchUp => TryAsync(() => world.Nodes[catchUp.Node]
            .SendAsync(new CatchUpProfiles(LocalLog.Partition))),
        ScriptStep.Deliver deliver => DeliverAsync(deliver),
        ScriptStep.Forget forget => ForgetAsync(forget),
        ScriptStep.Redrive redrive => TryAsync(() => world.Nodes[redrive.Node].SendAsync(new RedriveQuarantine())),
        ScriptStep.Rebuild rebuild => TryAsync(() => world.Nodes[rebuild.Node]
            .SendAsync(new RebuildProfiles(UsersAtOnce: 2))),
        ScriptStep.Run run => TryAsync(() => world.Nodes[run.Node]
            .SendAsync(new RunBatch(Id(run.Number), run.IsScheduled))),
        ScriptStep.Cancel cancel => TryAsync(() => world.Nodes[cancel.Node]
            .SendAsync(new CancelBatch(Id(cancel.Number)))),
        _ => Instantly(step),
    };

    private static BatchRunId Id(int number) => BatchRunId.Parse($"run-{number}");

    private Task Instantly(ScriptStep step)
    {
        switch (step)
        {
            case ScriptStep.Kill kill:
                world.Nodes[kill.Node].Kill();
                break;
            case ScriptStep.Expire expire:
                world.Nodes[expire.Node].StopOldest();
                break;
            case ScriptStep.SetClock set:
                world.Nodes[set.Node].Clock.Offset = set.Offset;
                break;
            case ScriptStep.Pass pass:
                world.Pass(pass.Time);
                break;
            case ScriptStep.Outage outage:
                world.Fail(outage.Port, outage.Calls);
                break;
            case ScriptStep.Reshard reshard:
                world.Shards!.Split(reshard.Shard);
                break;
            case ScriptStep.Archive:
                world.Shards!.Archive();
                break;
            default:
                throw new NotSupportedException($"No such step: {step}");
        }
        return Task.CompletedTask;
    }

    private async Task SendAsync(ScriptStep.Send send)
    {
        var number = SequenceNumber.From(++_requests);
        var request = new AppendInteractions([.. send.Events.Select((sent, index) =>
            new IncomingEvent { Event = sent.ToRaw(), Source = new Position("api", number, index) })]);
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            AppendedInteractions? answer = null;
            if (!await TryAsync(async () => answer = await world.Nodes[(send.Node + attempt) % Script.Nodes]
                .SendAsync(request)))
                continue;
            world.Ledger.Acknowledge(answer!, world.Steps);
            return;
        }
    }

    private Task PutAsync(ScriptStep.Put put)
    {
        if (put.IsBroken)
            world.Shards!.Put("broken", Broken(put.Events));
        else
            foreach (var sent in put.Events)
                world.Shards!.Put(Names.User(sent.User), EventEncoder.Encode(sent.ToRaw()));
        return Task.CompletedTask;
    }

    /// <summary>An array that breaks off behind its events, so that none of its users can be read.</summary>
    private static byte[] Broken(IReadOnlyList<SentEvent> events) => Encoding.UTF8.GetBytes(
        $"[{string.Join(',', events.Select(sent => Encoding.UTF8.GetString(EventEncoder.Encode(sent.ToRaw()))))},");

    private Task DeliverAsync(ScriptStep.Deliver deliver)
    {
        var shards = world.Shards!.All;
        return _delivery.DeliverAsync(world.Nodes[deliver.Node], shards[deliver.Shard % shards.Count], deliver.Kind);
    }

    private async Task ForgetAsync(ScriptStep.Forget forget)
    {
        var isQuiet = world.Erasures is not (ErasureRules.BesideWrites or ErasureRules.Full);
        if (isQuiet)
        {
            await world.QuietAsync();
            world.Shards?.Archive();
        }
        var user = UserId.Parse(Names.User(forget.User));
        world.Nodes[forget.Node].DiesAfter = forget.DiesAfter;
        var erasure = world.Ledger.BeginErasure(user, world.Steps);
        for (var attempt = 0; attempt < (forget.Insists ? 2 * Attempts : 1); attempt++)
        {
            if (!await TryAsync(() => EraseAsync(world.Nodes[(forget.Node + attempt) % Script.Nodes], user)))
                continue;
            erasure.CompletedAt = world.Steps;
            break;
        }
        world.Nodes[forget.Node].DiesAfter = null;
        if (isQuiet)
        {
            world.Pass(TimeSpan.FromMilliseconds(2));
            world.EndQuiet();
        }
    }

    /// <summary>
    /// An erasure that was interrupted is as good as one that failed: somebody has to go on with it. One that waits for
    /// its sweep has erased what there is.
    /// </summary>
    private static async Task<ForgottenUser> EraseAsync(Node node, UserId user)
    {
        var erased = await node.SendAsync(new ForgetUser(user));
        return erased.Problem is { } problem ? throw new StoreUnavailableException(problem) : erased;
    }

    /// <returns>
    /// Whether it was done: false if it was refused, failed in a way that may pass, or its process was killed.
    /// </returns>
    private static async Task<bool> TryAsync<T>(Func<Task<T>> request)
    {
        try
        {
            await request();
            return true;
        }
        catch (Exception problem)
            when (problem is UnavailableException or RefusedException or NodeDiedException or OperationCanceledException
            )
        {
            return false;
        }
    }
}
