using System.Runtime.InteropServices;

namespace Recommendation.Modeling.Histories;

/// <summary>
/// Sorts events by user with bounded memory: a full buffer is sorted and written to a temporary file (a run); then the
/// runs are merged. Users come in the ordinal order of their ids.
/// </summary>
/// <param name="folder">The folder for runs; null for the system's folder for temporary files.</param>
/// <param name="bufferEvents">How many events are in memory at most.</param>
internal sealed class UserSort(string? folder, int bufferEvents) : IDisposable
{
    /// <summary>More runs than this are merged into one, because every run keeps a file open.</summary>
    private const int MaximumRuns = 64;

    private readonly List<SortedRun> _runs = [];
    private readonly Dictionary<string, int> _users = new(StringComparer.Ordinal);
    private readonly List<(int User, StoredEvent Event)> _events = [];

    public void Add(string user, StoredEvent one)
    {
        ref var number = ref CollectionsMarshal.GetValueRefOrAddDefault(_users, user, out var exists);
        if (!exists)
            number = _users.Count - 1;
        _events.Add((number, one));
        if (_events.Count >= bufferEvents)
            Spill();
    }

    /// <summary>All users, each once, with their events in no particular order.</summary>
    public IEnumerable<(string User, List<StoredEvent> Events)> Sorted()
    {
        Spill();
        return Merged(_runs);
    }

    public void Dispose() => _runs.ForEach(run => run.Dispose());

    private void Spill()
    {
        if (_events.Count == 0)
            return;
        var ids = new string[_users.Count];
        foreach (var (id, number) in _users)
            ids[number] = id;
        var numbers = Enumerable.Range(0, ids.Length).ToArray();
        Array.Sort(ids, numbers, StringComparer.Ordinal);
        var places = new int[ids.Length];
        foreach (var (place, number) in numbers.Index())
            places[number] = place;
        var byPlace = new List<StoredEvent>[ids.Length];
        foreach (var (user, one) in _events)
            (byPlace[places[user]] ??= []).Add(one);
        _events.Clear();
        _users.Clear();
        Keep(ids.Select((id, place) => (id, byPlace[place])));
    }

    private void Keep(IEnumerable<(string User, List<StoredEvent> Events)> users)
    {
        _runs.Add(SortedRun.Write(folder, users));
        if (_runs.Count < MaximumRuns)
            return;
        var merged = SortedRun.Write(folder, Merged(_runs));
        _runs.ForEach(run => run.Dispose());
        _runs.Clear();
        _runs.Add(merged);
    }

    private static IEnumerable<(string User, List<StoredEvent> Events)> Merged(IEnumerable<SortedRun> runs)
    {
        var next = new PriorityQueue<SortedRun, string>(StringComparer.Ordinal);
        foreach (var run in runs)
        {
            run.Rewind();
            if (run.NextUser() is { } first)
                next.Enqueue(run, first);
        }
        while (next.TryPeek(out _, out var user))
        {
            var events = new List<StoredEvent>();
            while (next.TryPeek(out var run, out var same) && string.Equals(same, user, StringComparison.Ordinal))
            {
                next.Dequeue();
                run.ReadEvents(events);
                if (run.NextUser() is { } following)
                    next.Enqueue(run, following);
            }
            yield return (user, events);
        }
    }
}
