using Recommendation.Application.Ports;
using Recommendation.Domain.Interactions;
using Recommendation.Simulator.Checks;
using Recommendation.Simulator.Ports;
using Recommendation.Simulator.Scheduling;
using Recommendation.Simulator.Scripts;

namespace Recommendation.Simulator.Actors;

/// <summary>One history: its durable state, its time, and the decision which call ends next and how.</summary>
internal sealed partial class World
{
    private const int MaximumSteps = 20_000;
    private const int MaximumBusy = 4;
    private const string Quiet = "Quiet";

    private static readonly TimeSpan s_longest = TimeSpan.FromMinutes(15);

    private readonly StepScheduler _scheduler = new();
    private readonly List<PortCall> _calls = [];
    private readonly MemoryTargets _targets;
    private readonly Observer _observer;
    private readonly Script _script;
    private readonly List<string>? _trace;
    private DateTimeOffset _now = Names.Start;
    private (string Port, int Calls) _outage = ("", 0);
    private bool _isHeld;
    private int _slow = -1;
    private string? _violation;

    /// <param name="script">What happens.</param>
    /// <param name="erasures">How erasures take place.</param>
    /// <param name="cluster">The processes; they belong to this history until the next one begins.</param>
    /// <param name="trace">Gets a line for every decision; null for none.</param>
    internal World(Script script, ErasureRules erasures, Cluster cluster, List<string>? trace)
    {
        (_script, _trace, Erasures, Nodes) = (script, trace, erasures, cluster.Nodes);
        Random = new SeededRandom(script.Schedule);
        _targets = new MemoryTargets(new NodeClock(() => _now));
        _targets.Set(typeof(IRanker), new SimulatedRanker());
        _observer = new Observer(this);
        if (script.IsStream)
        {
            _targets.Set(typeof(IInteractionLog), Shards = new StreamLog(this));
            _targets.Set(typeof(IErasures), new StreamErasureRecords(this));
        }
        if (Random.Next(2) == 0)
            SimulatedRanker.Publish(Target<IModelStore>());
        foreach (var node in cluster.Nodes)
            node.Enter(this);
    }

    internal DateTimeOffset Now => _now;

    internal Script Script => _script;

    internal IReadOnlyList<Node> Nodes { get; }

    internal ErasureRules Erasures { get; }

    internal SeededRandom Random { get; }

    internal Ledger Ledger { get; } = new();

    /// <summary>The stream; null if the log is that of one machine.</summary>
    internal StreamLog? Shards { get; }

    /// <summary>How many decisions were taken.</summary>
    internal int Steps { get; private set; }

    /// <summary>How many steps of the script are going on.</summary>
    internal int Busy { get; private set; }

    /// <summary>How many steps of the script have begun.</summary>
    internal int Begun { get; private set; }

    /// <summary>Whether the effect that takes place now does a part of what it was asked.</summary>
    internal bool IsPartial { get; private set; }

    /// <summary>Whether nothing fails.</summary>
    internal bool IsCalm { get; private set; }

    /// <returns>What is wrong; null if every check held.</returns>
    internal string? Run()
    {
        StepScheduler.Alone(PlayAll);
        return _violation;
    }

    private void PlayAll()
    {
        var player = new StepPlayer(this);
        Play(_script.Steps, player);
        foreach (var node in Nodes)
            node.DiesAfter = null;
        _slow = -1;
        IsCalm = true;
        Start(new Settlement(this).SettleAsync);
        Play([], player);
    }

    internal object Target(Type port) => _targets.GetService(port)!;

    internal T Target<T>() => _targets.Get<T>();

    internal void Report(string violation) => _violation ??= violation;

    internal void Observe(CallOrigin site, object?[] arguments, object? answer) =>
        _observer.Saw(site, arguments, answer);

    internal void CheckApplied(IEnumerable<Interaction> interactions) => _observer.CheckApplied(interactions);

    /// <summary>Beside a stream the delivery buffers, and functions live, for a quarter of an hour at most.</summary>
    internal void Pass(TimeSpan time)
    {
        _now += time;
        if (Shards is null)
            return;
        Shards.Archive(_now - s_longest);
        foreach (var node in Nodes.Where(node => node.HasRequestOf(_now - s_longest)))
            node.Kill();
    }

    internal void Fail(string port, int calls) => _outage = (port, calls);

    internal Task<T> CallAsync<T>(CallOrigin site, Func<T> effect)
    {
        var call = new PortCall<T>(site, effect);
        // A killed process has heard of its last call, and calls nothing any more.
        if (site.Request is not { IsDead: true })
            _calls.Add(call);
        return call.Task;
    }

    /// <summary>A killed process hears of no call any more; half of what it sent arrives.</summary>
    internal void Drop(Node node)
    {
        foreach (var call in _calls.FindAll(call => call.Site.Node == node))
        {
            var arrives = !IsCalm && Random.Next(2) == 0;
            _trace?.Add(
                $"    node {node.Number}: {call.Site.Port}.{call.Site.Method} "
                    + $"{(arrives ? "arrives, unheard" : "is lost")}"
            );
            if (arrives)
                call.CompleteUnheard();
        }
        _calls.RemoveAll(call => call.Site.Node == node);
    }

    /// <summary>
    /// Waits until nothing else goes on, and lets nothing fail or begin until <see cref="EndQuiet"/>.
    /// </summary>
    internal Task QuietAsync()
    {
        _isHeld = true;
        return CallAsync(new CallOrigin(Nodes[0], "", Quiet, null, default), () => IsCalm = true);
    }

    internal void EndQuiet() => _isHeld = IsCalm = false;

    private void Play(IReadOnlyList<ScriptStep> steps, StepPlayer player)
    {
        for (var next = 0; ;)
        {
            _scheduler.RunReady();
            if (_violation is not null)
                return;
            if (++Steps > MaximumSteps)
            {
                Report("The history does not end.");
                return;
            }
            _now += TimeSpan.FromMilliseconds(Random.Next(8));
            if (next < steps.Count && !_isHeld && Busy < MaximumBusy && (_calls.Count == 0 || Random.Next(10) == 0))
                Begin(steps[next++], player);
            else if (_calls.Count > 0)
                EndOne(mayWait: next < steps.Count);
            else if (Busy == 0)
                return;
            else
            {
                Report("A request never ends: it waits, and no call is open.");
                return;
            }
        }
    }

    private void Begin(ScriptStep step, StepPlayer player)
    {
        _trace?.Add($"{Begun + 1}. {step}");
        Begun++;
        if (Random.Next(4) == 0)
            _slow = Random.Next(2 * Script.Nodes);
        Start(() => player.PlayAsync(step));
    }

    private void Start(Func<Task> work)
    {
        Busy++;
        _ = _scheduler.Start(async () =>
        {
            try
            {
                await work();
            }
            catch (Exception defect)
            {
                Report($"A request failed as it must not: {defect}");
            }
            finally
            {
                Busy--;
            }
        });
    }
}
