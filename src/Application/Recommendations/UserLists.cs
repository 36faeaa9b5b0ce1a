using Microsoft.Extensions.Logging;
using Recommendation.Application.Ports;
using Recommendation.Application.Retrieval;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Models;
using Recommendation.Domain.Profiles;
using Recommendation.Domain.Recommendations;

namespace Recommendation.Application.Recommendations;

/// <summary>
/// A user's list as it is served: the stored list while the profile has not changed since, then what is ranked now,
/// within a budget, then what is popular. If ranking fails: the stored list all the same, marked stale.
/// </summary>
internal sealed class UserLists(
    IRecommendationStore lists, IItemCatalog catalog, Variants variants, RetrievalPipeline pipeline,
    PopularFallback fallback,
    RecommendationOptions options, TimeProvider time, ILogger<UserLists> logger)
{
    internal Task<RecommendationList?> FindStoredAsync(UserId user, CancellationToken cancellationToken) =>
        lists.FindAsync(user, cancellationToken);

    /// <param name="memory">Whose.</param>
    /// <param name="count">How many items to show at most.</param>
    /// <param name="filter">What to leave out.</param>
    /// <param name="alwaysAnswer">
    /// Whether a user without a stored list gets the last known popular items if the ranker fails.
    /// </param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <param name="fillsUp">Whether popular items fill the list up.</param>
    /// <param name="known">The stored list, where it was read already.</param>
    /// <param name="variant">
    /// The model of the user's variant of an experiment: a stored list of another model is not current. Null for the
    /// current model.
    /// </param>
    /// <exception cref="RankerUnavailableException">Nothing can be shown.</exception>
    internal async Task<UserList> RetrieveAsync(
        UserMemory memory, int count, ListFilter filter, bool alwaysAnswer, CancellationToken cancellationToken,
        bool fillsUp = true, Task<RecommendationList?>? known = null, ModelVersion? variant = null)
    {
        // A stored list was made with the repeats that the settings say.
        var repeats = filter.Repeats ?? options.AllowRepeats;
        var stored = memory.Profile.IsEmpty || repeats != options.AllowRepeats
            ? null : await (known ?? FindStoredAsync(memory.UserId, cancellationToken));
        var now = time.GetUtcNow();
        var unavailable = await catalog.UnavailableAsync(now, cancellationToken);
        var groups = await variants.FindAsync(cancellationToken);
        // One more than is shown says whether the list goes on.
        var query = new Lazy<RankUser>(
            () =>
                new RankUser(
                    memory.UserId,
                    memory.History,
                    RetrievalPipeline.FirstCount(count + 1, filter),
                    Eligibility.ToTell(unavailable, groups),
                    repeats
                ),
            isThreadSafe: false
        );
        var list = new ListRetrieval(query, count + 1, Eligibility.Of(memory, unavailable, groups, options, filter));
        var isCurrent = stored is not null && stored.ProfileVersion == memory.Profile.Version
            && stored.MergedVersion == memory.MergedVersion && (variant is null || stored.ModelVersion == variant);
        if (isCurrent)
        {
            await OfferAsync(list, stored!.Items, stored.Source, cancellationToken);
            // What follows a stored list is ranked when it is asked for; until then it is taken to go on.
            if (list.Chosen.Count >= count)
            {
                return UserList.Of(list, count, stored.Source, stored.ModelVersion, stored.UpdatedAt) with
                {
                    More = true,
                };
            }
        }
        var isFromStore = list.Chosen.Count > 0;
        var context = new RetrievalContext(variant, now) { FillsUp = fillsUp };
        var (isWhole, model, at) = await RankAsync(list, stored, isCurrent, alwaysAnswer, context, cancellationToken);
        isFromStore |= at is null;
        var made = isFromStore
            ? UserList.Of(list, count, ListSource.Realtime, stored!.ModelVersion, stored.UpdatedAt)
            : UserList.Of(list, count, ListSource.Realtime, model, at!.Value);
        return isWhole ? made : made with { More = made.Items.Count > 0 };
    }

    /// <returns> Whether the ranker gave all that it has, the model, and when the first new item was ranked: null if
    /// the stored list is shown.
    /// </returns>
    private async Task<(bool IsWhole, ModelVersion? Model, DateTimeOffset? At)> RankAsync(
        ListRetrieval list, RecommendationList? stored, bool isCurrent, bool alwaysAnswer, RetrievalContext context,
        CancellationToken cancellationToken)
    {
        try
        {
            var budget = stored is null ? options.FirstListBudget : options.RealtimeBudget;
            var model = await pipeline.RetrieveAsync([list], context with { Budget = budget }, cancellationToken);
            if (list is { Error: { } error, Kind: null, NextPersonal: not null })
                throw new RankerUnavailableException(error);
            if (!list.IsCutShort)
                list.RequirePlace();
            else if (list.Chosen.Count == 0 && list.IsFurtherPage)
            {
                throw new RankerUnavailableException(
                    list.Error ?? "The ranker did not give the items of this page. Ask again.");
            }
            return (!list.IsCutShort, model, context.Now);
        }
        catch (UnavailableException problem) when (stored is not null && !list.HasPlace)
        {
            if (!isCurrent)
                await OfferAsync(list, stored.Items, ListSource.Stale, cancellationToken);
            // An empty page would say that the list ends here.
            if (list.Chosen.Count == 0 && list.IsFurtherPage)
                throw;
            logger.LogWarning("The stored list is shown, since ranking on request failed: {Problem}", problem.Message);
            return (false, null, null);
        }
        catch (RankerUnavailableException problem) when (alwaysAnswer && !list.HasPlace)
        {
            if (fallback.Last is { } known)
                await OfferAsync(list, known.Items, ListSource.Popular, cancellationToken);
            if (list.Chosen.Count == 0 && list.IsFurtherPage)
                throw;
            logger.LogWarning(
                "The last known popular items are shown, since ranking on request failed: {Problem}", problem.Message);
            return (false, fallback.Last?.Model, fallback.Last?.At ?? context.Now);
        }
    }

    private Task OfferAsync(
        ListRetrieval list, RankedItems items, ListSource source, CancellationToken cancellationToken)
    {
        list.Offer(items, source);
        return pipeline.SettleAsync(list, cancellationToken);
    }
}
