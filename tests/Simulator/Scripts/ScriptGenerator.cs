namespace Recommendation.Simulator.Scripts;

/// <summary>Makes the script of a seed.</summary>
public static class ScriptGenerator
{
    private static readonly string[] s_types = ["view", "view", "purchase", "like", "refund", "impression", "own-type"];
    private static readonly string[] s_ports =
        ["IProfileStore", "IHistoryStore", "IQuarantine", "IQuarantine", "IInteractionLog", "IRecommendationStore",
            "IBatchRuns", "IRanker"];

    /// <param name="seed">Any number.</param>
    /// <param name="rules">What histories may hold.</param>
    public static Script Generate(ulong seed, ScriptRules rules)
    {
        ArgumentNullException.ThrowIfNull(rules);
        var random = new SeededRandom(seed);
        var schedule = random.NextNumber();
        var isStream = rules.IsStream ?? random.Next(2) == 0;
        var faults = random.Next(2) == 0 ? 0 : random.Next(60);
        var maker = new Maker(random, isStream, rules);
        return new Script(schedule, isStream, faults, maker.Steps(8 + random.Next(16)));
    }

    private sealed class Maker(SeededRandom random, bool isStream, ScriptRules rules)
    {
        private readonly List<SentEvent> _sent = [];

        // An erasure that does not bear clocks that differ is left out of histories where they do.
        private readonly bool _hasErasures = random.Next(2) == 0;
        private int _runs;

        private bool MayErase => _hasErasures && rules.Erasures != ErasureRules.None;

        private bool MaySetClocks => rules.Erasures is ErasureRules.Full or ErasureRules.BesideClocks || !_hasErasures;

        internal List<ScriptStep> Steps(int count)
        {
            var steps = new List<ScriptStep>(count) { Send() };
            while (steps.Count < count)
                steps.Add(Next());
            return steps;
        }

        private ScriptStep Next() => random.Next(100) switch
        {
            < 28 => Send(),
            < 50 => isStream ? Deliver() : new ScriptStep.CatchUp(Node()),
            < 58 when MayErase => Forget(),
            < 64 => new ScriptStep.Redrive(Node()),
            < 67 => new ScriptStep.Rebuild(Node()),
            < 74 => new ScriptStep.Run(Node(), Run(), random.Next(2) == 0),
            < 76 => new ScriptStep.Cancel(Node(), Run()),
            < 83 => new ScriptStep.Kill(Node()),
            < 85 => new ScriptStep.Expire(Node()),
            < 88 when MaySetClocks => new ScriptStep.SetClock(Node(), Offset()),
            < 93 => new ScriptStep.Pass(Time()),
            < 96 => new ScriptStep.Outage(random.Pick(s_ports), 1 + random.Next(12)),
            _ => isStream ? random.Next(2) == 0 ? new ScriptStep.Reshard(random.Next(4)) : new ScriptStep.Archive()
                : Send(),
        };

        private int Node() => random.Next(Script.Nodes);

        private int Run() => random.Next(3) > 0 ? _runs++ : random.Next(_runs + 1);

        private ScriptStep Send()
        {
            var events = new List<SentEvent>();
            for (var i = random.Next(4); i >= 0; i--)
                events.Add(_sent.Count > 0 && random.Next(4) == 0 ? random.Pick(_sent) : New());
            return isStream && random.Next(3) == 0
                ? new ScriptStep.Put(events, IsBroken: random.Next(6) == 0)
                : new ScriptStep.Send(Node(), events);
        }

        private SentEvent New()
        {
            var number = _sent.Count;
            var flaw = random.Next(12) switch { 0 => EventFlaw.BadType, 1 => EventFlaw.BadUser, _ => EventFlaw.None };
            var minutes = random.Next(6) switch
            {
                0 => -random.Next(45 * 24 * 60),
                1 => 5 + random.Next(120),
                _ => -random.Next(3 * 24 * 60),
            };
            // Times differ, so that the order of a profile never depends on an id that was drawn.
            var at = TimeSpan.FromMinutes(minutes) + TimeSpan.FromMilliseconds(number);
            var hasId = flaw == EventFlaw.None && minutes < 0 || random.Next(2) == 0;
            var sent = new SentEvent(random.Next(Names.Users), random.Next(Names.Items), random.Pick(s_types), hasId
                ? $"e{number:00}" : null, at, flaw);
            _sent.Add(sent);
            return sent;
        }

        private ScriptStep.Forget Forget()
        {
            var mayDie = rules.Erasures is ErasureRules.Killed or ErasureRules.Full && random.Next(3) == 0;
            return new(
                Node(), random.Next(Names.Users), Insists: rules.Erasures != ErasureRules.Killed && !mayDie, mayDie
                    ? 1 + random.Next(10) : null);
        }

        private ScriptStep.Deliver Deliver() => new(Node(), random.Next(6), random.Next(6) switch
        {
            0 => DeliveryKind.Again,
            1 => DeliveryKind.Abandoned,
            _ => DeliveryKind.Next,
        });

        private TimeSpan Offset() => random.Next(4) switch
        {
            0 => TimeSpan.Zero,
            1 => TimeSpan.FromSeconds(random.Next(600) - 300),
            2 => -TimeSpan.FromHours(random.Next(72)),
            _ => TimeSpan.FromHours(random.Next(72)),
        };

        private TimeSpan Time() => random.Next(3) switch
        {
            0 => TimeSpan.FromSeconds(random.Next(60)),
            1 => TimeSpan.FromMinutes(random.Next(60)),
            _ => TimeSpan.FromHours(random.Next(6)),
        };
    }
}
