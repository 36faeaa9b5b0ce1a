using System.Security.Cryptography;
using Recommendation.Application.Ports;
using Recommendation.Domain.Recommendations;

namespace Recommendation.Local.InMemory;

/// <summary>A key that lives as long as the process.</summary>
internal sealed class MemoryRecommendationIdKeys : IRecommendationIdKeys
{
    private readonly RecommendationIdKey _key = new(RandomNumberGenerator.GetBytes(RecommendationIdKey.Length));

    public Task<RecommendationIdKey> KeyAsync(CancellationToken cancellationToken) => Task.FromResult(_key);
}
