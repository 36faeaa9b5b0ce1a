using Recommendation.Application.Ports;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Models;
using Recommendation.Domain.Recommendations;

namespace Recommendation.Application.Tests.Given;

/// <summary>
/// Ranks the items it has, in their order; somebody without history gets the same marked as popular. Remembers what it
/// was asked.
/// </summary>
internal sealed class FakeRanker(IModelStore models) : IRanker
{
    private readonly Lock _gate = new();
    private readonly List<RankUsers> _requests = [];

    internal string[] Items { get; set; } = ["a", "b", "c", "d", "e"];

    /// <summary>The popular items in their order; null for the same as <see cref="Items"/>.</summary>
    internal string[]? Popular { get; set; }

    /// <summary>The reasons of each item.</summary>
    internal IReadOnlyList<ItemId> Because { get; set; } = [];

    /// <summary>Users that fail, with the rest of the call answered.</summary>
    internal HashSet<UserId> Failing { get; } = [];

    /// <summary>Users whose history the model does not know.</summary>
    internal HashSet<UserId> Unknown { get; } = [];

    /// <summary>What happens before an answer: wait, throw, change the world.</summary>
    internal Func<RankUsers, CancellationToken, Task>? Before { get; set; }

    internal IReadOnlyList<RankUsers> Requests
    {
        get
        {
            lock (_gate)
                return [.. _requests];
        }
    }

    public async Task<RankedUsers> RankAsync(RankUsers request, CancellationToken cancellationToken)
    {
        lock (_gate)
            _requests.Add(request);
        if (Before is not null)
            await Before(request, cancellationToken);
        var model = request.Model ?? (await models.CurrentAsync(cancellationToken)).Version;
        return new RankedUsers(model, [.. request.Users.Select(user => Rank(user, model))]);
    }

    private Ranking Rank(RankUser query, ModelVersion? model)
    {
        if (Failing.Contains(query.UserId))
            return Ranking.Failed(query.UserId, "The model fell over.");
        var popular = model is null || query.History.Count == 0 || Unknown.Contains(query.UserId);
        var without = query.Exclude.ToHashSet();
        if (!query.AllowRepeats)
            without.UnionWith(query.History.Select(recent => recent.ItemId));
        var candidates = (popular ? Popular ?? Items : Items)
            .Select((id, i) => new RankedItem(Some.Item(id), Score.Of(1.0 / (i + 1)), Because))
            .Where(item => query.Among?.Contains(item.ItemId) != false);
        return new Ranking(
            query.UserId,
            popular ? RankingKind.Popular : RankingKind.Ranked,
            RankedItems.FromRanked(candidates, query.Count, without)
        );
    }
}
