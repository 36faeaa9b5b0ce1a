using Recommendation.Domain.Interactions;
using Recommendation.Domain.Models;
using Recommendation.Domain.Recommendations;

namespace Recommendation.Application.Recommendations;

/// <summary>The popular items as the ranker last gave them: better than nothing while it does not answer.</summary>
internal sealed class LastPopular
{
    private volatile Known? _known;

    internal void Remember(RankedItems items, ModelVersion? model, DateTimeOffset at) => _known = new Known(items, model, at);

    /// <summary>What is known, or no items.</summary>
    internal RecommendationList For(UserId user, DateTimeOffset now) => new()
    {
        UserId = user,
        Items = _known?.Items ?? RankedItems.None,
        Source = ListSource.Popular,
        UpdatedAt = _known?.At ?? now,
        ModelVersion = _known?.Model,
    };

    private sealed record Known(RankedItems Items, ModelVersion? Model, DateTimeOffset At);
}
