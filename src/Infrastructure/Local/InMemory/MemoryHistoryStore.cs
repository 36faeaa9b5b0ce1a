using Recommendation.Application.Ports;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Profiles;

namespace Recommendation.Local.InMemory;

/// <summary>Histories in a dictionary; gone with the process.</summary>
internal sealed class MemoryHistoryStore : IHistoryStore
{
    private readonly Lock _gate = new();
    private readonly Dictionary<UserId, Dictionary<HistoryKey, StoredHistory>> _histories = [];

    public Task<IReadOnlyDictionary<UserId, StoredHistory>> LoadAsync(
        IReadOnlyCollection<HistoryName> names, CancellationToken cancellationToken) =>
        _gate.Do<IReadOnlyDictionary<UserId, StoredHistory>>(() => Load(names), cancellationToken);

    public Task<IReadOnlyList<SaveOutcome>> PutAsync(
        IReadOnlyList<NamedHistory> histories,
        CancellationToken cancellationToken
    ) => _gate.Do<IReadOnlyList<SaveOutcome>>(() => [.. histories.Select(Put)], cancellationToken);

    public Task DeleteAsync(IReadOnlyCollection<HistoryName> names, CancellationToken cancellationToken) => _gate.Do(
        () =>
        {
            foreach (var name in names)
                _histories.GetValueOrDefault(name.UserId)?.Remove(name.Key);
        },
        cancellationToken);

    public Task SweepAsync(UserId user, long version, HistoryKey? except, CancellationToken cancellationToken) =>
        _gate.Do(
            () =>
            {
                if (!_histories.TryGetValue(user, out var histories))
                    return;
                foreach (var key in histories.Keys.Where(key => key.Version < version && key != except).ToList())
                    histories.Remove(key);
            },
            cancellationToken
        );

    private Dictionary<UserId, StoredHistory> Load(IReadOnlyCollection<HistoryName> names)
    {
        var found = new Dictionary<UserId, StoredHistory>(names.Count);
        foreach (var name in names)
        {
            if (
                _histories.TryGetValue(name.UserId, out var histories)
                && histories.TryGetValue(name.Key, out var history)
            )
                found[name.UserId] = history;
        }
        return found;
    }

    private SaveOutcome Put(NamedHistory named)
    {
        if (!_histories.TryGetValue(named.Name.UserId, out var histories))
            _histories.Add(named.Name.UserId, histories = []);
        return histories.TryAdd(named.Name.Key, named.History) ? SaveOutcome.Saved : SaveOutcome.Conflict;
    }
}
