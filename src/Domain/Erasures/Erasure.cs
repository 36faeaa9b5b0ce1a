using Recommendation.Domain.Interactions;
using Recommendation.Domain.Profiles;

namespace Recommendation.Domain.Erasures;

/// <summary>
/// The record of an erasure and of how far it is. It is stored before anything is erased, so an interrupted erasure is
/// continued by whoever finds the record. Immutable.
/// </summary>
public sealed record Erasure
{
    public required ErasureId Id { get; init; }

    public required UserId User { get; init; }

    /// <summary>The real time of the request.</summary>
    public required DateTimeOffset RequestedAt { get; init; }

    /// <summary>
    /// What is erased: the record's place in the log, and once the tombstone is stored, all that it covers.
    /// </summary>
    public required ErasureBoundary Boundary { get; init; }

    /// <summary>The version in the store. A save requires it and stores the next one.</summary>
    public long Version { get; init; } = 1;

    /// <summary>How far each place is, by its key. A place that is not there was not begun.</summary>
    public IReadOnlyDictionary<string, PlaceProgress> Places { get; init; } =
        new Dictionary<string, PlaceProgress>(StringComparer.Ordinal);

    /// <summary>Whether anything was kept of the user.</summary>
    public bool Found { get; init; }

    /// <summary>The interactions that the profile had counted.</summary>
    public long InteractionsCounted { get; init; }

    /// <summary>Why the last attempt stopped; null if it did not.</summary>
    public string? Problem { get; init; }

    /// <summary>When everything was erased; null while there is more to do.</summary>
    public DateTimeOffset? FinishedAt { get; init; }

    /// <summary>The signed receipt as JSON; null until the erasure is finished.</summary>
    public string? Receipt { get; init; }

    public bool IsFinished => FinishedAt is not null;

    /// <summary>How many records were removed from a place.</summary>
    public long RemovedFrom(string place) => Places.TryGetValue(place, out var progress) ? progress.Removed : 0;

    /// <summary>The erasure after a part of a place was erased.</summary>
    /// <param name="place">The key of the place.</param>
    /// <param name="pass">1 for the first time, 2 for the sweep after the writers of before are gone.</param>
    /// <param name="removed">How many records this part removed.</param>
    /// <param name="next">Where to go on; null if the place is done.</param>
    public Erasure After(string place, int pass, long removed, string? next)
    {
        var places = new Dictionary<string, PlaceProgress>(Places, StringComparer.Ordinal);
        var before = places.GetValueOrDefault(place) ?? new PlaceProgress();
        // Another process may be ahead: then only what was removed here is added.
        var isAhead = before.Passes >= pass;
        places[place] = before with
        {
            Passes = next is null ? Math.Max(before.Passes, pass) : before.Passes,
            Next = isAhead ? before.Next : next,
            Removed = before.Removed + removed,
        };
        return this with { Places = places, Found = Found || removed > 0 };
    }
}

/// <summary>How far a place is.</summary>
public sealed record PlaceProgress
{
    /// <summary>How many passes are done.</summary>
    public int Passes { get; init; }

    /// <summary>Where the present pass goes on; null at its beginning.</summary>
    public string? Next { get; init; }

    /// <summary>How many records were removed, as far as they were counted before an interruption.</summary>
    public long Removed { get; init; }
}
