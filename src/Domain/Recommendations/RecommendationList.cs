using Recommendation.Domain.Batches;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Models;

namespace Recommendation.Domain.Recommendations;

/// <summary>Where a list comes from.</summary>
public enum ListSource
{
    /// <summary>The popular items, for want of a history that the model knows.</summary>
    Popular,

    /// <summary>Ranked by a batch run.</summary>
    Batch,

    /// <summary>Ranked when it was asked for.</summary>
    Realtime,

    /// <summary>Ranked by an earlier batch run, from a profile that has changed since.</summary>
    Stale,

    /// <summary>Of an item: it is new, and got its place to get feedback.</summary>
    Exploration,
}

/// <summary>The recommendations of a user, and what they were made from.</summary>
public sealed record RecommendationList
{
    public required UserId UserId { get; init; }

    public required RankedItems Items { get; init; }

    public required ListSource Source { get; init; }

    /// <summary>When the list was ranked (UTC).</summary>
    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>The model that ranked it; null where there was none.</summary>
    public ModelVersion? ModelVersion { get; init; }

    /// <summary>The batch run that ranked it; null where it was ranked on request.</summary>
    public BatchRunId? RunId { get; init; }

    /// <summary>The version of the profile that it was ranked from; 0 where the user has none.</summary>
    public long ProfileVersion { get; init; }

    /// <summary>The sum of the versions of the profiles that were merged with it; 0 for none.</summary>
    public long MergedVersion { get; init; }
}
