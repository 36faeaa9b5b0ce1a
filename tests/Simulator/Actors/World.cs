using Recommendation.Application.Ports;
using Recommendation.Domain.Interactions;
using Recommendation.Simulator.Checks;
using Recommendation.Simulator.Ports;
using Recommendation.Simulator.Scheduling;
using Recommendation.Simulator.Scripts;

namespace Recommendation.Simulator.Actors;

/// <summary>One history: its durable state, its time, and the decision which call ends next and how.</summary>
internal sealed class World
{
    private const int MaximumSteps = 20_000;
    private const int MaximumBusy = 4;
    private const string Quiet = "Quiet";

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
            _targets.Set(typeof(IInteractionLog), Shards = new StreamLog(this));
        if (Random.Next(2) == 0)
            PublishModel(Target<IModelStore>());
        foreach (var node in cluster.Nodes)
            node.Enter(this);
    }

    internal DateTimeOffset Now => _now;

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

    /// <summary>The ids that producers gave, by the time of the event, which no other has.</summary>
    internal IReadOnlyDictionary<DateTimeOffset, string> GivenIds() => _script.Steps
        .SelectMany(step => step switch { ScriptStep.Send send => send.Events, ScriptStep.Put put => put.Events, _ => [] })
        .Where(sent => sent.Id is not null).DistinctBy(sent => sent.At).ToDictionary(sent => Names.Start + sent.At, sent => sent.Id!);

    /// <returns>What is wrong; null if every check held.</returns>
    internal string? Run()
    {
        // A context would be preferred to the scheduler by whatever waits.
        var context = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(null);
        try
        {
            PlayAll();
            return _violation;
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(context);
        }
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

    internal void Observe(CallOrigin site, object?[] arguments, object? answer) => _observer.Saw(site, arguments, answer);

    internal void CheckApplied(IEnumerable<Interaction> interactions) => _observer.CheckApplied(interactions);

    internal void Pass(TimeSpan time) => _now += time;

    internal void Fail(string port, int calls) => _outage = (port, calls);

    internal Task<T> CallAsync<T>(CallOrigin site, Func<T> effect)
    {
        var call = new PortCall<T>(site, effect);
        _calls.Add(call);
        return call.Task;
    }

    /// <summary>A killed process hears of no call any more; half of what it sent arrives.</summary>
    internal void Drop(Node node)
    {
        foreach (var call in _calls.FindAll(call => call.Site.Node == node))
        {
            var arrives = !IsCalm && Random.Next(2) == 0;
            _trace?.Add($"    node {node.Number}: {call.Site.Port}.{call.Site.Method} {(arrives ? "arrives, unheard" : "is lost")}");
            if (arrives)
                call.CompleteUnheard();
        }
        _calls.RemoveAll(call => call.Site.Node == node);
    }

    /// <summary>Waits until nothing else goes on, and lets nothing fail or begin until <see cref="EndQuiet"/>.</summary>
    internal Task QuietAsync()
    {
        _isHeld = true;
        return CallAsync(new CallOrigin(Nodes[0], "", Quiet, null, default), () => IsCalm = true);
    }

    internal void EndQuiet() => _isHeld = IsCalm = false;

    private static void PublishModel(IModelStore models)
    {
        models.PutAsync(SimulatedRanker.Description, Stream.Null, CancellationToken.None).GetAwaiter().GetResult();
        models.PointAsync(SimulatedRanker.Model, ModelPointer.None, CancellationToken.None).GetAwaiter().GetResult();
    }

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

    private void EndOne(bool mayWait)
    {
        var place = Random.Next(_calls.Count);
        var call = _calls[place];
        // One process may be slow: others get far ahead of it.
        if (call.Site.Node.Number == _slow && (mayWait || _calls.Count > 1) && Random.Next(8) > 0)
            return;
        if (call.Site.Method == Quiet && Busy > 1)
            return;
        _calls.RemoveAt(place);
        End(call);
        var node = call.Site.Node;
        if (node.DiesAfter is not { } calls || call.Site.Method == Quiet)
            return;
        node.DiesAfter = calls - 1;
        if (calls == 1)
            node.Kill();
    }

    private void End(PortCall call)
    {
        var site = call.Site;
        var stopped = site.Token.IsCancellationRequested;
        var fails = !IsCalm && site.Method != Quiet && (stopped || IsDown(site.Port) || Random.Chance(_script.FaultsPerThousand));
        if (!fails)
        {
            _trace?.Add($"    node {site.Node.Number}: {site.Port}.{site.Method}");
            call.Complete();
            return;
        }
        Exception problem = stopped ? new OperationCanceledException(site.Token) : ProblemOf(site.Port);
        site.Request?.Faults.Add(site.Port);
        switch (Random.Next(3))
        {
            case 0:
                _trace?.Add($"    node {site.Node.Number}: {site.Port}.{site.Method} fails");
                call.FailBefore(problem);
                break;
            case 1:
                _trace?.Add($"    node {site.Node.Number}: {site.Port}.{site.Method} is done, and its answer lost");
                call.FailAfter(problem);
                break;
            default:
                _trace?.Add($"    node {site.Node.Number}: {site.Port}.{site.Method} is done in part");
                IsPartial = true;
                if (CanBePartial(site))
                    call.Complete();
                else
                    call.FailBefore(problem);
                IsPartial = false;
                break;
        }
    }

    private bool CanBePartial(CallOrigin site) =>
        _script.IsStream && site is { Port: nameof(IProfileStore), Method: nameof(IProfileStore.SaveAsync) }
        or { Port: nameof(IInteractionLog), Method: nameof(IInteractionLog.AppendAsync) } && _script.IsStream;

    private bool IsDown(string port)
    {
        if (_outage.Calls == 0 || _outage.Port != port)
            return false;
        _outage.Calls--;
        return true;
    }

    private static Exception ProblemOf(string port) => port switch
    {
        nameof(IInteractionLog) => new LogUnavailableException("The log does not answer."),
        nameof(IRanker) => new RankerUnavailableException("The ranker does not answer."),
        _ => new StoreUnavailableException($"{port} does not answer."),
    };
}
