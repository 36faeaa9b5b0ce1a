using Recommendation.Modeling.Data;
using Recommendation.Modeling.Metrics;

namespace Recommendation.Modeling.Selection;

/// <summary>
/// Selects the half-life of the popularity that answers empty histories. It tries the popular lists of a few half-lives
/// on the newest fifth of the interactions, including those of new users. A half-life replaces the configured one only
/// if it scores higher by two standard errors of the difference.
/// </summary>
internal static class PopularitySearch
{
    private const int Cutoff = 20;
    private const int MaxUsers = 20_000;
    private const int MinUsers = 100;
    private const int Errors = 2; // one of seven half-lives is often better by one error by chance

    private static readonly double[] s_halfLives = [1, 3, 7, 14, 30, 90, 365];

    /// <param name="histories">The training data.</param>
    /// <param name="configured">The half-life in days to use unless another one is better.</param>
    /// <param name="cancellationToken">Checked before each half-life.</param>
    /// <returns>The half-life in days.</returns>
    public static double HalfLifeDays(UserItemMatrix histories, double configured, CancellationToken cancellationToken)
    {
        var events = histories.Events;
        if (ValidationSplit.Cut(events) is not { } cut)
            return configured;
        var remaining = events.Without(Array.ConvertAll(events.Events, one => one.Milliseconds > cut));
        var users = UsersWithNewItems(events, remaining, cut);
        if (users.Count < MinUsers)
            return configured;
        var without = Ndcg(remaining, users, configured);
        var best = (HalfLife: configured, Ndcg: without);
        foreach (var halfLife in s_halfLives)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var tried = Ndcg(remaining, users, halfLife);
            best = tried.Average() > best.Ndcg.Average() ? (halfLife, tried) : best;
        }
        return new PairedTest(best.Ndcg, without).Exceeds(Errors) ? best.HalfLife : configured;
    }

    private static List<HeldOutUser> UsersWithNewItems(TrainingEvents events, TrainingEvents remaining, long cut)
    {
        var users = new List<HeldOutUser>();
        var step = Math.Max(1, events.Users / MaxUsers);
        for (var user = 0; user < events.Users; user += step)
        {
            var known = remaining.Of(user).ToArray().Select(one => one.Item).ToHashSet();
            int[] found =
            [
                .. events
                    .Of(user)
                    .ToArray()
                    .Where(one => one.Milliseconds > cut && one.Weight > 0 && !known.Contains(one.Item))
                    .Select(one => one.Item)
                    .Distinct()
                    .Order(),
            ];
            if (found.Length > 0)
                users.Add(new(known, found));
        }
        return users;
    }

    private static double[] Ndcg(TrainingEvents remaining, List<HeldOutUser> users, double halfLifeDays)
    {
        var popularity = Popularity.Of(remaining, halfLifeDays);
        var ranked = Enumerable
            .Range(0, popularity.Length)
            .Where(item => popularity[item] > 0)
            .OrderByDescending(item => popularity[item])
            .ThenBy(item => item)
            .ToArray();
        return
        [
            .. users.Select(user =>
                RankingMetrics
                    .Of(ranked.Where(item => !user.Known.Contains(item)).Take(Cutoff).ToArray(), user.Found, Cutoff)
                    .Ndcg
            ),
        ];
    }

    private sealed record HeldOutUser(HashSet<int> Known, int[] Found);
}
