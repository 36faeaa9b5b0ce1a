using Recommendation.Domain.Models;
using Recommendation.Domain.Recommendations;

namespace Recommendation.Application.Recommendations;

/// <summary>The popular items as the ranker last gave them, to answer with while it does not.</summary>
internal sealed class PopularFallback
{
    private static readonly TimeSpan s_age = TimeSpan.FromMinutes(1);

    private volatile Known? _last;

    /// <summary>Null until they were first asked for.</summary>
    internal Known? Last => _last;

    /// <summary>Whether it is time to ask for enough popular items to remember.</summary>
    internal bool IsOld(DateTimeOffset now) => _last is not { } known || now - known.At >= s_age;

    /// <param name="items">The popular items of nobody in particular, and not fewer than a list may need.</param>
    /// <param name="model">The model that gave them.</param>
    /// <param name="at">When.</param>
    internal void Remember(RankedItems items, ModelVersion? model, DateTimeOffset at) =>
        _last = new Known(items, model, at);

    internal sealed record Known(RankedItems Items, ModelVersion? Model, DateTimeOffset At);
}
