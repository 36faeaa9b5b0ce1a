using Recommendation.Domain.Interactions;
using Recommendation.Domain.Recommendations;

namespace Recommendation.Application.Ports;

/// <summary>The stored list of each user.</summary>
public interface IRecommendationStore
{
    /// <returns>Null where the user has no stored list.</returns>
    Task<RecommendationList?> FindAsync(UserId user, CancellationToken cancellationToken);

    /// <summary>
    /// Replaces the lists of many users. A store that holds the profiles as well keeps no list of a user whose
    /// tombstone it holds.
    /// </summary>
    /// <returns>One outcome per list, in the same order; never <see cref="SaveStatus.Conflict"/>.</returns>
    Task<IReadOnlyList<SaveOutcome>> SaveAsync(
        IReadOnlyList<RecommendationList> lists,
        CancellationToken cancellationToken
    );

    /// <summary>Deletes a user's list; does nothing where there is none.</summary>
    Task ForgetAsync(UserId user, CancellationToken cancellationToken);

    /// <summary>Every list, in the order that is cheapest for the store.</summary>
    IAsyncEnumerable<RecommendationList> AllAsync(CancellationToken cancellationToken);
}
