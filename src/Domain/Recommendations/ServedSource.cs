namespace Recommendation.Domain.Recommendations;

/// <summary>
/// Where a list that was served comes from. The numbers are in ids and are stored: they never change.
/// </summary>
public enum ServedSource
{
    /// <summary>Nothing is known of a list.</summary>
    None = 0,

    /// <summary>Ranked by a batch run.</summary>
    Batch = 1,

    /// <summary>Ranked when it was asked for.</summary>
    Realtime = 2,

    /// <summary>Ranked by an earlier batch run, from a profile that has changed since.</summary>
    Stale = 3,

    /// <summary>The popular items.</summary>
    Popular = 4,

    /// <summary>What goes with an item.</summary>
    Similar = 5,
}

/// <summary>The shown names of served sources.</summary>
public static class ServedSourceText
{
    public static string ToText(this ServedSource source) => source switch
    {
        ServedSource.None => "none",
        ServedSource.Batch => "batch",
        ServedSource.Realtime => "realtime",
        ServedSource.Stale => "stale",
        ServedSource.Popular => "popular",
        ServedSource.Similar => "similar",
        _ => throw new ArgumentOutOfRangeException(nameof(source), source, message: null),
    };
}
