using System.Runtime.CompilerServices;
using Recommendation.Application.Ports;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Recommendations;

namespace Recommendation.Local.InMemory;

/// <summary>Lists in a dictionary; gone with the process.</summary>
/// <param name="profiles">The profiles; no list is kept where a tombstone is.</param>
internal sealed class MemoryRecommendationStore(MemoryProfileStore? profiles = null) : IRecommendationStore
{
    private readonly Lock _gate = new();
    private readonly Dictionary<UserId, RecommendationList> _lists = [];

    public Task<RecommendationList?> FindAsync(UserId user, CancellationToken cancellationToken) =>
        _gate.Do(() => _lists.GetValueOrDefault(user), cancellationToken);

    public Task<IReadOnlyList<SaveOutcome>> SaveAsync(
        IReadOnlyList<RecommendationList> lists, CancellationToken cancellationToken) =>
        _gate.Do<IReadOnlyList<SaveOutcome>>(() => [.. lists.Select(Save)], cancellationToken);

    public Task ForgetAsync(UserId user, CancellationToken cancellationToken) =>
        _gate.Do(() => _lists.Remove(user), cancellationToken);

    public async IAsyncEnumerable<RecommendationList> AllAsync(
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        foreach (var list in await _gate.Do(() => _lists.Values.ToArray(), cancellationToken))
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return list;
        }
    }

    private SaveOutcome Save(RecommendationList list)
    {
        if (profiles?.IsTombstone(list.UserId) != true)
            _lists[list.UserId] = list;
        return SaveOutcome.Saved;
    }
}
