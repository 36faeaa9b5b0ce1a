using Recommendation.Domain.Models;

namespace Recommendation.Domain.Batches;

/// <summary>How far a run is.</summary>
public enum BatchState
{
    /// <summary>Begun; the segments are not frozen yet.</summary>
    Planning,

    /// <summary>The segments are frozen and are being ranked.</summary>
    Ranking,

    /// <summary>Every active user is accounted for.</summary>
    Completed,

    /// <summary>Stopped on request; can be resumed.</summary>
    Cancelled,

    /// <summary>A scheduled run that found another one still going.</summary>
    Skipped,

    /// <summary>
    /// Its record says that it goes on, and nobody works on it: its process died. Never stored; can be resumed.
    /// </summary>
    Interrupted,
}

/// <summary>A run that gives every active user a list. Immutable; the methods give the next state.</summary>
public sealed record BatchRun
{
    /// <summary>How many users a segment holds at most.</summary>
    public const int SegmentSize = 2000;

    /// <summary>How many numbers the segments of one plan have.</summary>
    public const int NumbersOfPlan = 1_000_000;

    // Numbers are whole numbers of 32 bits. A planner that is 2,000 attempts late does not matter.
    private const int Plans = 2000;

    public required BatchRunId Id { get; init; }

    /// <summary>When it first started; its date names the results.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>Users whose last interaction is at or after this are active.</summary>
    public required DateTimeOffset Cutoff { get; init; }

    /// <summary>
    /// The model that every segment uses, however long the run takes; null where there is none and all
    /// get the popular items.
    /// </summary>
    public ModelVersion? ModelVersion { get; init; }

    public BatchState State { get; init; }

    /// <summary>1 for the first start, one more for each resumption.</summary>
    public int Attempt { get; init; } = 1;

    /// <summary>
    /// Who began this attempt: a name of its own for each, by which the work on it goes on. Empty until somebody has.
    /// </summary>
    public string Owner { get; init; } = "";

    /// <summary>
    /// The bucket of users to freeze next, where planning was interrupted; null before it and once all are frozen.
    /// </summary>
    public int? NextBucket { get; init; }

    /// <summary>Whether the users were given, and are not all who were active since the cutoff.</summary>
    public bool IsOfGivenUsers { get; init; }

    /// <summary>
    /// The number of the first segment. Each attempt that plans anew has numbers of its own: a planner that was
    /// overtaken, since its lease ran out while it was slow, can't change what another one planned.
    /// </summary>
    public int FirstSegment { get; init; }

    /// <summary>How many segments were frozen; 0 until then.</summary>
    public int Segments { get; init; }

    /// <summary>How many distinct users were frozen.</summary>
    public int Users { get; init; }

    public BatchCounts Counts { get; init; }

    public long Recommendations { get; init; }

    public DateTimeOffset? FinishedAt { get; init; }

    /// <summary>Why it was skipped, or the first failure; null where all went well.</summary>
    public string? Note { get; init; }

    /// <summary>The day that names the results: the day of the start (UTC).</summary>
    public DateOnly Date => DateOnly.FromDateTime(StartedAt.UtcDateTime);

    public static BatchRun Start(BatchRunId id, DateTimeOffset at, TimeSpan activeWithin) => new()
    {
        Id = id,
        StartedAt = Timestamps.ToMilliseconds(at),
        Cutoff = Timestamps.ToMilliseconds(at - activeWithin),
        State = BatchState.Planning,
    };

    /// <summary>
    /// The same run once more, after it was cancelled or its process died; a plan that was not finished begins anew.
    /// </summary>
    public BatchRun Resume()
    {
        var next = this with { Attempt = Attempt + 1, FinishedAt = null, Note = null };
        return Segments > 0 && NextBucket is null
            ? next with { State = BatchState.Ranking }
            : next with
            {
                State = BatchState.Planning,
                FirstSegment = Attempt % Plans * NumbersOfPlan,
                Segments = 0,
                Users = 0,
                NextBucket = null,
            };
    }

    /// <summary>The users are frozen.</summary>
    public BatchRun Planned(int segments, int users, ModelVersion? model) =>
        this with
        {
            State = BatchState.Ranking,
            Segments = segments,
            Users = users,
            ModelVersion = model,
            NextBucket = null,
        };

    /// <summary>
    /// Adds up the segments. Users of segments without a result are failed, so that every active user is accounted for.
    /// </summary>
    /// <exception cref="InvalidOperationException">A segment has two results, or they hold more
    /// users than were frozen.</exception>
    public BatchRun Complete(IReadOnlyCollection<SegmentResult> results, DateTimeOffset at)
    {
        ArgumentNullException.ThrowIfNull(results);
        if (results.DistinctBy(result => result.Number).Count() < results.Count)
            throw new InvalidOperationException($"Run {Id} has two results of one segment.");
        var counts = results.Aggregate(default(BatchCounts), (sum, result) => sum + result.Counts);
        var missing = Users - counts.Active;
        if (missing < 0)
            throw new InvalidOperationException(
                $"Run {Id} froze {Users} users but its segments account for {counts.Active}."
            );
        return this with
        {
            State = BatchState.Completed,
            Counts = counts + new BatchCounts(0, 0, missing, 0),
            Recommendations = results.Sum(result => result.Recommendations),
            FinishedAt = Timestamps.ToMilliseconds(at),
            Note =
                results
                    .OrderBy(result => result.Number)
                    .FirstOrDefault(result => result.FirstError is not null)
                    ?.FirstError
                ?? (missing > 0 ? $"{missing} users are in segments without a result." : null),
        };
    }

    public BatchRun Cancel(DateTimeOffset at) =>
        this with
        {
            State = BatchState.Cancelled,
            FinishedAt = Timestamps.ToMilliseconds(at),
        };

    public BatchRun Skip(string reason) =>
        this with
        {
            State = BatchState.Skipped,
            FinishedAt = StartedAt,
            Note = reason,
        };
}
