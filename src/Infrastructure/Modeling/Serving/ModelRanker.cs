using Microsoft.Extensions.Options;
using Recommendation.Application.Ports;
using Recommendation.Domain.Interactions;

namespace Recommendation.Modeling.Serving;

/// <summary>
/// Ranks in this process, with the requested model or the current one. Before there is a model, it
/// answers with recent popularity.
/// </summary>
internal sealed class ModelRanker(
    NewItems models,
    RecentPopularity popularity,
    EventTypeSettings types,
    IOptions<ModelRankerOptions> options
) : IRanker
{
    /// <inheritdoc/>
    public async Task<RankedUsers> RankAsync(RankUsers request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        var model = await models.GetAsync(request.Model, cancellationToken);
        if (model is not null)
            return await RankAsync(request, () => new UserRanker(model, types).Rank);
        var popular = await popularity.GetAsync(request.Now, cancellationToken);
        return await RankAsync(request, () => user => Popular(user, popular));

        async Task<RankedUsers> RankAsync(RankUsers request, Func<Func<RankUser, Ranking>> forThread) =>
            new(
                model?.Model.Version,
                await ParallelRanking.RankAllAsync(request.Users, forThread, options.Value.Threads, cancellationToken)
            );
    }

    private Ranking Popular(RankUser user, PopularItems popular)
    {
        UserRanker.RequireCount(user);
        return new(user.UserId, RankingKind.Popular, popular.Top(user.Count, user.Masked(types), user.Among));
    }
}
