using Recommendation.Application.Ports;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Models;
using Recommendation.Domain.Recommendations;

namespace Recommendation.Application.Retrieval;

/// <summary>
/// The calls of the ranker that some lists need. All are of the model that the first one used, and within one budget of
/// time. A failure of the first is the caller's; of later ones the lists are told, which have something
/// to show by then.
/// </summary>
internal sealed class RankerCalls(IRanker ranker, RetrievalContext context, TimeProvider time) : IDisposable
{
    // The ranker ranks for users; this one stands for somebody of whom nothing is known, and is always alone in a call.
    private static readonly UserId s_nobody = UserId.Parse("popular-items");

    private CancellationTokenSource? _limit;
    private bool _answered;

    /// <summary>The model that ranked; null if there is none, or if nothing was asked.</summary>
    internal ModelVersion? Model { get; private set; } = context.Model;

    /// <returns>One ranking per query; if a call after the first failed: none, and the error.</returns>
    /// <exception cref="RankerUnavailableException">The first call failed.</exception>
    internal async Task<(IReadOnlyList<Ranking> Rankings, string? Error)> AskAsync(
        IReadOnlyList<RankUser> users, CancellationToken cancellationToken)
    {
        try
        {
            var answer = await RankAsync(new RankUsers(users, Model, context.Now), cancellationToken);
            if (_answered && answer.Model != Model)
            {
                throw new RankerUnavailableException(
                    $"The ranker changed from model {Model} to {answer.Model} between two calls.");
            }
            (Model, _answered) = (answer.Model, true);
            return (answer.Rankings, null);
        }
        catch (RankerUnavailableException problem) when (_answered)
        {
            return ([], problem.Message);
        }
    }

    /// <summary>
    /// The popular items: of nobody in particular, so nothing is left out of them but what is unavailable, and what is
    /// not among some items, if these are given.
    /// </summary>
    /// <returns>The items; if a call after the first failed: none, and the error.</returns>
    /// <exception cref="RankerUnavailableException">The first call failed.</exception>
    internal async Task<(RankedItems Items, string? Error)> PopularAsync(
        int count, IReadOnlyCollection<ItemId> unavailable, IReadOnlySet<ItemId>? among,
        CancellationToken cancellationToken)
    {
        var isFirst = !_answered;
        var query = new RankUser(s_nobody, [], count, unavailable) { Among = among };
        var (rankings, problem) = await AskAsync([query], cancellationToken);
        if (rankings is [{ Kind: not RankingKind.Failed } popular])
            return (popular.Items, null);
        var error = problem ?? rankings[0].Error ?? "The ranker failed for the popular items.";
        return isFirst ? throw new RankerUnavailableException(error) : (RankedItems.None, error);
    }

    public void Dispose() => _limit?.Dispose();

    private async Task<RankedUsers> RankAsync(RankUsers query, CancellationToken cancellationToken)
    {
        if (context.Budget is not { } budget)
            return await ranker.RankAsync(query, cancellationToken);
        _limit ??= new CancellationTokenSource(budget, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(_limit.Token, cancellationToken);
        try
        {
            // WaitAsync: a ranker that is slow to notice the token must not make the caller wait.
            return await ranker.RankAsync(query, either.Token).WaitAsync(either.Token);
        }
        catch (OperationCanceledException)
            when (_limit.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new RankerUnavailableException(
                $"The ranker did not answer within {budget.TotalMilliseconds:0} ms. Ask again.");
        }
    }
}
