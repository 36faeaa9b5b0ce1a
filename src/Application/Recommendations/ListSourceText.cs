using Recommendation.Domain.Recommendations;

namespace Recommendation.Application.Recommendations;

/// <summary>The stored and shown names of list sources.</summary>
public static class ListSourceText
{
    public static string ToText(this ListSource source) => source switch
    {
        ListSource.Popular => "popular",
        ListSource.Batch => "batch",
        ListSource.Realtime => "realtime",
        ListSource.Stale => "stale",
        ListSource.Exploration => "exploration",
        _ => throw new ArgumentOutOfRangeException(nameof(source), source, message: null),
    };

    /// <summary>The source as recommendation ids say it.</summary>
    internal static ServedSource ToServed(this ListSource source) => source switch
    {
        ListSource.Popular => ServedSource.Popular,
        ListSource.Batch => ServedSource.Batch,
        ListSource.Realtime => ServedSource.Realtime,
        ListSource.Stale => ServedSource.Stale,
        _ => throw new ArgumentOutOfRangeException(nameof(source), source, message: null),
    };

    /// <returns>Null where the text names no source.</returns>
    public static ListSource? Parse(string? text) => text switch
    {
        "popular" => ListSource.Popular,
        "batch" => ListSource.Batch,
        "realtime" => ListSource.Realtime,
        "stale" => ListSource.Stale,
        "exploration" => ListSource.Exploration,
        _ => null,
    };
}
