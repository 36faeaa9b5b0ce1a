using Microsoft.Extensions.Options;
using Recommendation.Application.Ports;
using Recommendation.Domain.Interactions;

namespace Recommendation.Modeling.Serving;

/// <summary>Ranks in process, with the model asked for or the current one; before there is a model, by recent popularity.</summary>
internal sealed class ModelRanker(
    ModelCache models, RecentPopularity popularity, InteractionWeights weights, IOptions<ModelRankerOptions> options) : IRanker
{
    // Below this, handing the users to other threads costs more than it saves.
    private const int WorthSharing = 8;

    /// <inheritdoc/>
    public async Task<RankedUsers> RankAsync(RankUsers request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        var model = await models.GetAsync(request.Model, cancellationToken);
        if (model is null)
        {
            var popular = await popularity.GetAsync(request.Now, cancellationToken);
            var rankings = await RankAllAsync(request.Users, () => user => Popular(user, popular), cancellationToken);
            return new RankedUsers(null, rankings);
        }
        return new RankedUsers(
            model.Model.Version,
            await RankAllAsync(request.Users, () => new UserRanker(model, weights).Rank, cancellationToken));
    }

    private static Ranking Popular(RankUser user, PopularItems popular)
    {
        UserRanker.RequireCount(user);
        return new(user.UserId, RankingKind.Popular, popular.Top(user.Count, UserRanker.MaskedIds(user)));
    }

    /// <param name="users">Who.</param>
    /// <param name="forThread">Makes what ranks; called once per thread.</param>
    /// <param name="cancellationToken">Looked at before each user.</param>
    private async Task<Ranking[]> RankAllAsync(
        IReadOnlyList<RankUser> users, Func<Func<RankUser, Ranking>> forThread, CancellationToken cancellationToken)
    {
        var rankings = new Ranking[users.Count];
        if (users.Count < WorthSharing || options.Value.Threads == 1)
        {
            var rank = forThread();
            for (var i = 0; i < rankings.Length; i++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                rankings[i] = RankOne(users[i], rank);
            }
            return rankings;
        }
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = options.Value.Threads, CancellationToken = cancellationToken };
        await Task.Run(
            () => Parallel.For(0, rankings.Length, parallel, forThread, (i, _, rank) =>
            {
                rankings[i] = RankOne(users[i], rank);
                return rank;
            }, _ => { }),
            cancellationToken);
        return rankings;
    }

    /// <summary>One user's failure must not cost the others their answer, whatever it is.</summary>
    private static Ranking RankOne(RankUser user, Func<RankUser, Ranking> rank)
    {
        try
        {
            return rank(user);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            return Ranking.Failed(user.UserId, $"The ranking failed. {exception.Message}");
        }
    }
}
