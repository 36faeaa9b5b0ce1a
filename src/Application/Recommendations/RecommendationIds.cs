using System.Collections.Concurrent;
using System.Security.Cryptography;
using Microsoft.Extensions.Logging;
using Recommendation.Application.Ports;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Recommendations;

namespace Recommendation.Application.Recommendations;

/// <summary>
/// Makes the ids of lists, and checks them. Key and numbers are read once in a process, so an id costs no access to a
/// store.
/// </summary>
internal sealed class RecommendationIds(
    IEnumerable<IRecommendationIdKeys> keys,
    IEnumerable<IListConfigurations> configurations,
    TimeProvider time,
    ILogger<RecommendationIds> logger
)
{
    private readonly IRecommendationIdKeys? _keys = keys.LastOrDefault();
    private readonly IListConfigurations? _configurations = configurations.LastOrDefault();
    private readonly ConcurrentDictionary<ListConfiguration, uint> _numbers = new();
    private volatile RecommendationIdKey? _key;

    // Counted up from a random place: two lists of a minute and a user differ, in this process for certain.
    private int _nonce = RandomNumberGenerator.GetInt32(int.MaxValue);

    /// <returns>Null where the platform has no ids, or they can't be made now: a list is served without one
    /// then.</returns>
    internal async ValueTask<RecommendationId?> NextAsync(
        ListConfiguration configuration, ServedSource source, UserId? user, CancellationToken cancellationToken)
    {
        if (_keys is null || _configurations is null)
            return null;
        try
        {
            var key = _key ?? await KeyAsync(cancellationToken);
            if (!_numbers.TryGetValue(configuration, out var number))
                _numbers[configuration] = number = await _configurations.NumberAsync(configuration, cancellationToken);
            return key!.Sign(new RecommendationId
            {
                Key = 0,
                Configuration = number,
                Source = source,
                Minute = RecommendationId.MinuteOf(time.GetUtcNow()),
                UserHash = RecommendationId.HashOf(user),
                Nonce = unchecked((uint)Interlocked.Increment(ref _nonce)),
            });
        }
        catch (Exception problem) when (problem is UnavailableException or StoredFormatException)
        {
            logger.LogWarning("A list is served without a recommendation id: {Problem}", problem.Message);
            return null;
        }
    }

    /// <summary>
    /// Why an id does not count for what a user did; null if it does. An id that can't be checked now is left alone:
    /// whoever counts checks it again.
    /// </summary>
    internal async ValueTask<RecommendationIdProblem?> ProblemOfAsync(
        RecommendationId id, UserId user, CancellationToken cancellationToken)
    {
        try
        {
            return (_key ?? await KeyAsync(cancellationToken))?.ProblemOf(id, user);
        }
        catch (Exception problem) when (problem is UnavailableException or StoredFormatException)
        {
            logger.LogWarning("A recommendation id was not checked: {Problem}", problem.Message);
            return null;
        }
    }

    /// <summary>The key; null where the platform has no ids.</summary>
    internal async ValueTask<RecommendationIdKey?> KeyAsync(CancellationToken cancellationToken)
    {
        if (_key is null && _keys is not null)
            _key = await _keys.KeyAsync(cancellationToken);
        return _key;
    }
}
