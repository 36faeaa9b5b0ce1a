using Recommendation.Application.Ports;

namespace Recommendation.Modeling.Serving;

/// <summary>Ranks many users on several threads; the answers come in the order of the queries.</summary>
internal static class ParallelRanking
{
    // Below this, handing the users to other threads costs more than it saves.
    private const int WorthSharing = 8;

    /// <param name="users">Who.</param>
    /// <param name="forThread">Makes what ranks; called once per thread.</param>
    /// <param name="threads">How many threads to use at most.</param>
    /// <param name="cancellationToken">Checked before each user.</param>
    public static async Task<Ranking[]> RankAllAsync(
        IReadOnlyList<RankUser> users,
        Func<Func<RankUser, Ranking>> forThread,
        int threads,
        CancellationToken cancellationToken
    )
    {
        var rankings = new Ranking[users.Count];
        if (users.Count < WorthSharing || threads == 1)
        {
            var rank = forThread();
            for (var i = 0; i < rankings.Length; i++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                rankings[i] = RankOne(users[i], rank);
            }
            return rankings;
        }
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellationToken };
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
