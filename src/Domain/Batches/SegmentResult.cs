namespace Recommendation.Domain.Batches;

/// <summary>What became of one segment's users.</summary>
/// <param name="Number">The segment's number within the run, from 0.</param>
/// <param name="Counts">The users, by outcome; their sum is the segment's size.</param>
/// <param name="Recommendations">How many recommendations were saved.</param>
/// <param name="FirstError">The first failure as a sentence; null where none.</param>
public sealed record SegmentResult(int Number, BatchCounts Counts, long Recommendations, string? FirstError)
{
    /// <summary>Whether only the first <see cref="BatchCounts.Active"/> users of the segment are done, and the others are still to come.</summary>
    public bool IsPartial { get; init; }
}
