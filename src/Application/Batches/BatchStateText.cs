using Recommendation.Domain.Batches;

namespace Recommendation.Application.Batches;

/// <summary>The stored and shown names of a run's states.</summary>
public static class BatchStateText
{
    public static string ToText(this BatchState state) => state switch
    {
        BatchState.Planning => "planning",
        BatchState.Ranking => "ranking",
        BatchState.Completed => "completed",
        BatchState.Cancelled => "cancelled",
        BatchState.Skipped => "skipped",
        BatchState.Interrupted => "interrupted",
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, message: null),
    };

    /// <returns>Null where the text names no state.</returns>
    public static BatchState? Parse(string? text) => text switch
    {
        "planning" => BatchState.Planning,
        "ranking" => BatchState.Ranking,
        "completed" => BatchState.Completed,
        "cancelled" => BatchState.Cancelled,
        "skipped" => BatchState.Skipped,
        _ => null,
    };
}
