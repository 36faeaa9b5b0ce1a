using Recommendation.Domain.Batches;
using Recommendation.Domain.Recommendations;

namespace Recommendation.Application.Batches;

/// <summary>What became of a user of a segment.</summary>
internal readonly record struct UserOutcome(BatchCounts Counts, int Recommendations, string? Error)
{
    /// <summary>The list that was saved; null where none was.</summary>
    internal RecommendationList? List { get; private init; }

    internal static UserOutcome Skipped { get; } = new(new BatchCounts(0, 0, 0, 1), 0, null);

    internal static UserOutcome Failed(string error) => new(new BatchCounts(0, 0, 1, 0), 0, error);

    internal static UserOutcome Saved(RecommendationList list) =>
        new(
            list.Source == ListSource.Popular ? new BatchCounts(0, 1, 0, 0) : new BatchCounts(1, 0, 0, 0),
            list.Items.Count,
            null
        )
        {
            List = list,
        };
}
