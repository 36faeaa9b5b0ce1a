using Recommendation.Application.Ports;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Recommendations;

namespace Recommendation.Application.Tests.Given;

/// <summary>A list store that fails on request.</summary>
internal sealed class ListProbe(IRecommendationStore inner) : IRecommendationStore
{
    /// <summary>Runs before lists are written; may throw.</summary>
    internal Func<IReadOnlyList<RecommendationList>, Task>? Saving { get; set; }

    /// <summary>Runs after lists are written; may throw, and the answer is lost.</summary>
    internal Func<Task>? Saved { get; set; }

    /// <summary>What a list's save ends with instead of being tried; null to try it.</summary>
    internal Func<RecommendationList, SaveOutcome?> Outcome { get; set; } = _ => null;

    public Task<RecommendationList?> FindAsync(UserId user, CancellationToken cancellationToken) =>
        inner.FindAsync(user, cancellationToken);

    public async Task<IReadOnlyList<SaveOutcome>> SaveAsync(
        IReadOnlyList<RecommendationList> lists,
        CancellationToken cancellationToken
    )
    {
        if (Saving is not null)
            await Saving(lists);
        var forced = lists.Select(Outcome).ToArray();
        await inner.SaveAsync([.. lists.Where((_, i) => forced[i] is null)], cancellationToken);
        if (Saved is not null)
            await Saved();
        return [.. forced.Select(outcome => outcome ?? SaveOutcome.Saved)];
    }

    public Task ForgetAsync(UserId user, CancellationToken cancellationToken) =>
        inner.ForgetAsync(user, cancellationToken);

    public IAsyncEnumerable<RecommendationList> AllAsync(CancellationToken cancellationToken) =>
        inner.AllAsync(cancellationToken);
}
