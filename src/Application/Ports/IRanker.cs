namespace Recommendation.Application.Ports;

/// <summary>Ranks items for many users in one call: the in-process model, or an endpoint.</summary>
public interface IRanker
{
    /// <summary>
    /// Ranks for each user. A user whose history the model does not know gets the popular items, marked as such; a user
    /// that failed is marked as failed, and the others of the call are still answered. Asked for no users, it gets the
    /// model ready and names it; one that can't rank with a model of the caller's choice names none then.
    /// </summary>
    /// <returns>One ranking per query, in the same order, and the model that made them.</returns>
    /// <exception cref="RankerUnavailableException">Nobody was ranked.</exception>
    Task<RankedUsers> RankAsync(RankUsers request, CancellationToken cancellationToken);
}
