using Recommendation.Application.Ports;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Profiles;

namespace Recommendation.Application.Tests.Given;

/// <summary>A history store that tells what it was asked and fails on request.</summary>
internal sealed class HistoryProbe(IHistoryStore inner) : IHistoryStore
{
    private readonly List<HistoryName> _kept = [];

    internal List<HistoryName[]> Loads { get; } = [];

    internal List<NamedHistory[]> Puts { get; } = [];

    /// <summary>Every history that is stored now, whether a profile names it or not.</summary>
    internal IReadOnlyList<HistoryName> Kept => _kept;

    /// <summary>Runs before a load reads; may throw.</summary>
    internal Func<Task>? Loading { get; set; }

    /// <summary>Runs before histories are written; may throw.</summary>
    internal Func<Task>? Putting { get; set; }

    /// <summary>Runs after histories were written; may throw, and the answer is lost.</summary>
    internal Func<Task>? Put { get; set; }

    /// <summary>Runs before histories are deleted; may throw.</summary>
    internal Func<Task>? Deleting { get; set; }

    /// <summary>What a history's put ends with instead of being tried; null to try it.</summary>
    internal Func<NamedHistory, SaveOutcome?> Outcome { get; set; } = _ => null;

    internal void Heal() => (Loading, Putting, Put, Deleting, Outcome) = (null, null, null, null, _ => null);

    public async Task<IReadOnlyDictionary<UserId, StoredHistory>> LoadAsync(
        IReadOnlyCollection<HistoryName> names, CancellationToken cancellationToken)
    {
        Loads.Add([.. names]);
        if (Loading is not null)
            await Loading();
        return await inner.LoadAsync(names, cancellationToken);
    }

    public async Task<IReadOnlyList<SaveOutcome>> PutAsync(
        IReadOnlyList<NamedHistory> histories,
        CancellationToken cancellationToken
    )
    {
        Puts.Add([.. histories]);
        if (Putting is not null)
            await Putting();
        var forced = histories.Select(Outcome).ToArray();
        var tried = histories.Where((_, i) => forced[i] is null).ToList();
        var outcomes = new Queue<SaveOutcome>(await inner.PutAsync(tried, cancellationToken));
        _kept.AddRange(
            tried.Zip(outcomes).Where(pair => pair.Second.Status == SaveStatus.Saved).Select(pair => pair.First.Name)
        );
        if (Put is not null)
            await Put();
        return [.. forced.Select(outcome => outcome ?? outcomes.Dequeue())];
    }

    public async Task DeleteAsync(IReadOnlyCollection<HistoryName> names, CancellationToken cancellationToken)
    {
        if (Deleting is not null)
            await Deleting();
        await inner.DeleteAsync(names, cancellationToken);
        _kept.RemoveAll(names.Contains);
    }

    public async Task SweepAsync(UserId user, long version, HistoryKey? except, CancellationToken cancellationToken)
    {
        await inner.SweepAsync(user, version, except, cancellationToken);
        _kept.RemoveAll(name => name.UserId == user && name.Key.Version < version && name.Key != except);
    }
}
