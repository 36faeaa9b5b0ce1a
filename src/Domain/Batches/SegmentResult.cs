namespace Recommendation.Domain.Batches;

/// <summary>What became of one segment's users.</summary>
/// <param name="Number">The segment's number within the run, from 0.</param>
/// <param name="Counts">The users, by outcome; their sum is the segment's size.</param>
/// <param name="Recommendations">How many recommendations were saved.</param>
/// <param name="FirstError">The first failure as a sentence; null where none.</param>
public sealed record SegmentResult(int Number, BatchCounts Counts, long Recommendations, string? FirstError)
{
    /// <summary>Whether only some of the segment's users are done, and the others are still to come.</summary>
    public bool IsPartial { get; init; }

    /// <summary>
    /// The places of the users that are still to come, in ascending order. Null where they are all but the first
    /// <see cref="BatchCounts.Active"/>.
    /// </summary>
    public IReadOnlyList<PlaceRange>? Left { get; init; }

    /// <summary>The places of the users that are still to come in a segment of that size.</summary>
    public IEnumerable<int> LeftOf(int users) =>
        (Left ?? [new PlaceRange(Counts.Active, users)]).SelectMany(range =>
            Enumerable.Range(range.From, Math.Max(0, Math.Min(range.To, users) - range.From))
        );
}

/// <summary>Places of users in a segment.</summary>
/// <param name="From">The first.</param>
/// <param name="To">The one after the last.</param>
public readonly record struct PlaceRange(int From, int To)
{
    /// <summary>The ranges that hold exactly these places.</summary>
    /// <param name="places">In ascending order.</param>
    public static IReadOnlyList<PlaceRange> Of(IEnumerable<int> places)
    {
        ArgumentNullException.ThrowIfNull(places);
        var ranges = new List<PlaceRange>();
        foreach (var place in places)
        {
            if (ranges.Count > 0 && ranges[^1].To == place)
                ranges[^1] = ranges[^1] with { To = place + 1 };
            else
                ranges.Add(new PlaceRange(place, place + 1));
        }
        return ranges;
    }
}
