namespace Recommendation.Simulator.Scripts;

/// <summary>
/// Something that people, producers or machines do in a history. The text of a step says it in a line.
/// </summary>
public abstract record ScriptStep
{
    /// <summary>A client posts events, and posts them again until it has an answer.</summary>
    public sealed record Send(int Node, IReadOnlyList<SentEvent> Events) : ScriptStep
    {
        public override string ToString() => $"node {Node} is sent {string.Join("; ", Events)}";
    }

    /// <summary>A producer puts a record into the stream by itself.</summary>
    public sealed record Put(IReadOnlyList<SentEvent> Events, bool IsBroken) : ScriptStep
    {
        public override string ToString() =>
            $"the stream is put {(IsBroken ? "a broken record of " : "")}{string.Join("; ", Events)}";
    }

    /// <summary>A server applies what the log holds.</summary>
    public sealed record CatchUp(int Node) : ScriptStep
    {
        public override string ToString() => $"node {Node} applies the log";
    }

    /// <summary>The stream delivers a batch of a shard to a function.</summary>
    public sealed record Deliver(int Node, int Shard, DeliveryKind Kind) : ScriptStep
    {
        public override string ToString() =>
            $"shard {Shard} is delivered to node {Node}{(Kind == DeliveryKind.Next ? "" : $" ({Kind})")}";
    }

    /// <summary>A shard is split in two.</summary>
    public sealed record Reshard(int Shard) : ScriptStep
    {
        public override string ToString() => $"shard {Shard} is split";
    }

    /// <summary>The delivery stream writes what it holds into the archive.</summary>
    public sealed record Archive : ScriptStep
    {
        public override string ToString() => "the archive takes what is in the stream";
    }

    /// <summary>A user is erased.</summary>
    /// <param name="Insists">Whether the client asks again until it has an answer.</param>
    /// <param name="DiesAfter">After how many calls of the request its process is killed; null for not at all.</param>
    public sealed record Forget(int Node, int User, bool Insists, int? DiesAfter) : ScriptStep
    {
        public override string ToString() =>
            $"node {Node} erases "
            + $"{Names.User(User)}{(Insists ? "" : ", asked once")}"
            + (DiesAfter is { } calls ? $", and is killed after {calls} calls" : "");
    }

    /// <summary>Quarantined records are redriven.</summary>
    public sealed record Redrive(int Node) : ScriptStep
    {
        public override string ToString() => $"node {Node} redrives the quarantine";
    }

    /// <summary>The profiles are made anew from the log.</summary>
    public sealed record Rebuild(int Node) : ScriptStep
    {
        public override string ToString() => $"node {Node} rebuilds the profiles";
    }

    /// <summary>A batch run, from its plan to its results.</summary>
    public sealed record Run(int Node, int Number, bool IsScheduled) : ScriptStep
    {
        public override string ToString() =>
            $"node {Node} runs batch {Number}{(IsScheduled ? " by the schedule" : "")}";
    }

    /// <summary>A batch run is cancelled.</summary>
    public sealed record Cancel(int Node, int Number) : ScriptStep
    {
        public override string ToString() => $"node {Node} cancels batch {Number}";
    }

    /// <summary>A process is killed, and started again.</summary>
    public sealed record Kill(int Node) : ScriptStep
    {
        public override string ToString() => $"node {Node} is killed";
    }

    /// <summary>The oldest request of a process reaches its deadline.</summary>
    public sealed record Expire(int Node) : ScriptStep
    {
        public override string ToString() => $"the oldest request of node {Node} reaches its deadline";
    }

    /// <summary>The clock of a process is set.</summary>
    public sealed record SetClock(int Node, TimeSpan Offset) : ScriptStep
    {
        public override string ToString() => $"the clock of node {Node} is set to be off by {Offset:c}";
    }

    /// <summary>Time passes.</summary>
    public sealed record Pass(TimeSpan Time) : ScriptStep
    {
        public override string ToString() => $"{Time:c} pass";
    }

    /// <summary>A dependency fails for a while.</summary>
    public sealed record Outage(string Port, int Calls) : ScriptStep
    {
        public override string ToString() => $"{Port} fails {Calls} times";
    }
}

/// <summary>How a batch of a shard is delivered.</summary>
public enum DeliveryKind
{
    /// <summary>From where the shard is.</summary>
    Next,

    /// <summary>A little of what was delivered before, once more.</summary>
    Again,

    /// <summary>
    /// The stream does not wait for the answer, and will deliver the same batch to another process at the same time.
    /// </summary>
    Abandoned,
}
