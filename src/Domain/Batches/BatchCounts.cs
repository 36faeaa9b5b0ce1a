namespace Recommendation.Domain.Batches;

/// <summary>
/// What became of the active users of a segment or a run. Always <c>Active = Ranked + Fallback + Failed + Skipped</c>:
/// <see cref="Active"/> is their sum, so nothing can be missing from it.
/// </summary>
/// <param name="Ranked">Got a list from the model.</param>
/// <param name="Fallback">Got the popular items, since the model knows nothing of their history.</param>
/// <param name="Failed">Could not be ranked or saved, and keep the list they had.</param>
/// <param name="Skipped">Forgotten, or no longer active, by the time they were looked at.</param>
public readonly record struct BatchCounts(int Ranked, int Fallback, int Failed, int Skipped)
{
    public int Active => Ranked + Fallback + Failed + Skipped;

    public static BatchCounts operator +(BatchCounts left, BatchCounts right) =>
        new(
            left.Ranked + right.Ranked,
            left.Fallback + right.Fallback,
            left.Failed + right.Failed,
            left.Skipped + right.Skipped
        );

    public static BatchCounts Add(BatchCounts left, BatchCounts right) => left + right;
}
