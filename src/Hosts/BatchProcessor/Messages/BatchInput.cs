using System.Text.Json.Serialization;

namespace Recommendation.BatchProcessor.Messages;

/// <summary>
/// What the function is asked: a step of a run, of a model's training or promotion, of the archive's upkeep, or an
/// event of the schedule. Each step reads the members that it knows, so that the state machine can hand on what it has.
/// </summary>
internal sealed record BatchInput
{
    /// <summary>One of <see cref="BatchFunction.Steps"/>.</summary>
    public string? Step { get; init; }

    public string? RunId { get; init; }

    /// <summary>The erasure to go on with; null for all that are not finished.</summary>
    public string? ErasureId { get; init; }

    /// <summary>When the schedule fired; names the run where no id is given.</summary>
    public string? ScheduledAt { get; init; }

    /// <summary>The users to rank; null for all active ones.</summary>
    public string[]? Users { get; init; }

    /// <summary>The state machine's execution: the same one asking again goes on with what it began.</summary>
    public string? Execution { get; init; }

    public int? Segment { get; init; }

    /// <summary>What an earlier answer said is to be handed back.</summary>
    public Continuation? Continuation { get; init; }

    /// <summary>Of a training: names its input.</summary>
    public string? Name { get; init; }

    /// <summary>Of a training: how many days back; null or 0 for all.</summary>
    public int? Days { get; init; }

    /// <summary>Of a training: how many percent of the users; null for all.</summary>
    public double? UserPercent { get; init; }

    /// <summary>Of counting popular items: <c>hour</c>, <c>day</c>, <c>week</c>, <c>month</c>.</summary>
    public string[]? Windows { get; init; }

    /// <summary>The model to measure or to promote.</summary>
    public string? ModelVersion { get; init; }

    /// <summary>What a training job left, to be published and measured.</summary>
    public ObjectLocation? Artefact { get; init; }

    /// <summary>What <c>gate</c> answered.</summary>
    public PointerMessage? ExpectedPointer { get; init; }

    /// <summary>Of an event of EventBridge: <c>Scheduled Event</c>.</summary>
    [JsonPropertyName("detail-type")]
    public string? DetailType { get; init; }

    /// <summary>Of an event of EventBridge: when it was.</summary>
    public string? Time { get; init; }
}

/// <summary>Where a step goes on; opaque to whoever hands it back.</summary>
internal sealed record Continuation
{
    /// <summary>Of a plan: who began the attempt.</summary>
    public string? Owner { get; init; }

    // Of a segment: what became of the users that are done.
    public int Ranked { get; init; }

    public int Fallback { get; init; }

    public int Failed { get; init; }

    public int Skipped { get; init; }

    public long Recommendations { get; init; }

    public string? FirstError { get; init; }

    /// <summary>
    /// Of a segment: the places of the users that are left, as pairs of the first and the one after the last.
    /// </summary>
    public int[]? Left { get; init; }
}
