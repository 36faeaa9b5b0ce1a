using System.Runtime.CompilerServices;
using Recommendation.Application.Ports;
using Recommendation.Domain.Erasures;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Profiles;

namespace Recommendation.Local.InMemory;

/// <summary>Records of erasures in a list; gone with the process.</summary>
internal sealed class MemoryErasures(MemoryInteractionLog log) : IErasures
{
    private readonly Lock _gate = new();
    private readonly List<Erasure> _erasures = [];

    public TimeSpan SettleTime => TimeSpan.Zero;

    public Task<Erasure> BeginAsync(
        UserId user,
        DateTimeOffset requestedAt,
        CancellationToken cancellationToken
    ) => _gate.Do(
        () =>
        {
            var erasure = new Erasure
            {
                Id = ErasureId.New(requestedAt),
                User = user,
                RequestedAt = requestedAt,
                Boundary = log.Erase(
                    user,
                    place =>
                        ErasureBoundary.After(
                            _erasures.FindLast(one => one.User == user)?.Boundary,
                            place,
                            requestedAt
                        )
                ),
            };
            _erasures.Add(erasure);
            return erasure;
        },
        cancellationToken);

    public Task<Erasure?> FindAsync(ErasureId id, CancellationToken cancellationToken) =>
        _gate.Do(() => _erasures.Find(erasure => erasure.Id == id), cancellationToken);

    public Task<Erasure?> SaveAsync(Erasure erasure, CancellationToken cancellationToken) => _gate.Do(
        () =>
        {
            var index = _erasures.FindIndex(one => one.Id == erasure.Id && one.Version == erasure.Version);
            return index < 0 ? null : _erasures[index] = erasure with { Version = erasure.Version + 1 };
        },
        cancellationToken);

    public async IAsyncEnumerable<Erasure> ListAsync(
        bool includeFinished, DateTimeOffset? since, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var erasures = await _gate.Do(
            () =>
                includeFinished
                    ? Enumerable.Reverse(_erasures).ToArray()
                    : [.. _erasures.Where(erasure => !erasure.IsFinished)],
            cancellationToken
        );
        foreach (var erasure in erasures.Where(one => since is null || one.RequestedAt >= since))
            yield return erasure;
    }
}
