using Recommendation.Domain.Recommendations;

namespace Recommendation.Application.Ports;

/// <summary>The key that signs recommendation ids.</summary>
public interface IRecommendationIdKeys
{
    /// <summary>
    /// The key, made at the first use and the same ever after. If it is lost, another one is made: then feedback to
    /// lists of before counts as feedback without an id.
    /// </summary>
    Task<RecommendationIdKey> KeyAsync(CancellationToken cancellationToken);
}
