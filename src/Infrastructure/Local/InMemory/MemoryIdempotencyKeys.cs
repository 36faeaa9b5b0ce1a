using Recommendation.Application.Erasures;
using Recommendation.Application.Ports;

namespace Recommendation.Local.InMemory;

/// <summary>Keys in a dictionary; gone with the process.</summary>
internal sealed class MemoryIdempotencyKeys : IIdempotencyKeys, IErasable
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Entry> _entries = new(StringComparer.Ordinal);

    public Task<IdempotencyClaim> ClaimAsync(
        IdempotentRequest request,
        DateTimeOffset now,
        CancellationToken cancellationToken
    ) =>
        _gate.Do(
            () =>
            {
                foreach (
                    var expired in _entries
                        .Where(entry => entry.Value.FreeAt <= now)
                        .Select(entry => entry.Key)
                        .ToList()
                )
                    _entries.Remove(expired);
                if (_entries.TryGetValue(request.Key, out var held))
                    return IdempotencyClaim.Of(request, held.Fingerprint, held.Answer);
                _entries[request.Key] = new Entry(request.Fingerprint, null, request.ClaimedUntil);
                return new IdempotencyClaim(ClaimState.Granted);
            },
            cancellationToken);

    public Task SettleAsync(IdempotentRequest request, RememberedAnswer answer, CancellationToken cancellationToken) =>
        _gate.Do(
            () => _entries[request.Key] = new Entry(request.Fingerprint, answer, request.ExpiresAt),
            cancellationToken
        );

    public Task GiveUpAsync(IdempotentRequest request, CancellationToken cancellationToken) =>
        _gate.Do(() => _entries.Remove(request.Key), cancellationToken);

    public string Place => PersonalDataPlaces.Answers;

    public Task<ErasedPart> EraseAsync(ErasureWork work, CancellationToken cancellationToken) =>
        _gate.Do(
            () =>
            {
                var about = _entries
                    .Where(entry => entry.Value.Answer?.Users.Contains(work.User) == true)
                    .Select(entry => entry.Key)
                    .ToList();
                return new ErasedPart(about.Count(key => _entries.Remove(key)));
            },
            cancellationToken
        );

    private sealed record Entry(string Fingerprint, RememberedAnswer? Answer, DateTimeOffset FreeAt);
}
