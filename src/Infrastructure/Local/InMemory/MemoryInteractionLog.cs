using System.Runtime.CompilerServices;
using Recommendation.Application.Ports;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Profiles;

namespace Recommendation.Local.InMemory;

/// <summary>The log as a list; gone with the process.</summary>
internal sealed class MemoryInteractionLog : IInteractionLog
{
    private const int Page = 1000;

    private readonly Lock _gate = new();
    private readonly List<(long Sequence, Interaction Interaction)> _entries = [];
    private readonly HashSet<(UserId, EventId)> _eventIds = [];
    private readonly List<(UserId User, ErasureBoundary Boundary)> _erasures = [];
    private long _last;

    public Task<IReadOnlyList<AppendOutcome>> AppendAsync(
        IReadOnlyList<Interaction> interactions, CancellationToken cancellationToken) =>
        _gate.Do<IReadOnlyList<AppendOutcome>>(() => [.. interactions.Select(Append)], cancellationToken);

    public async IAsyncEnumerable<Interaction> ReadAsync(
        Position? after, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var from = LocalPosition.After(after);
        var end = await _gate.Do(() => _last, cancellationToken);
        while (await _gate.Do(() => Take(from, end), cancellationToken) is { Count: > 0 } page)
        {
            foreach (var (sequence, interaction) in page)
            {
                from = sequence;
                yield return interaction;
            }
        }
    }

    public Task<ErasedPart> ForgetAsync(ErasureWork work, CancellationToken cancellationToken) =>
        _gate.Do(() => new ErasedPart(Forget(work)), cancellationToken);

    public Task CheckAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Takes the next place for the record of an erasure, which later appends heed.</summary>
    internal ErasureBoundary Erase(UserId user, Func<Position, ErasureBoundary> at)
    {
        lock (_gate)
        {
            var boundary = at(LocalPosition.Of(++_last));
            _erasures.Add((user, boundary));
            return boundary;
        }
    }

    private AppendOutcome Append(Interaction interaction)
    {
        if (
            interaction.RedrivenFrom is not null
            && _erasures.Exists(one => one.User == interaction.UserId && one.Boundary.CoversOrigin(interaction))
        )
            return AppendOutcome.Duplicate();
        if (interaction.EventId is { } id && !_eventIds.Add((interaction.UserId, id)))
            return AppendOutcome.Duplicate();
        var position = LocalPosition.Of(++_last);
        _entries.Add((_last, interaction with { Position = position }));
        return AppendOutcome.Appended(position);
    }

    private List<(long Sequence, Interaction Interaction)> Take(long after, long through)
    {
        var start = _entries.BinarySearch((after, null!), BySequence.Instance);
        start = start < 0 ? ~start : start + 1;
        return [.. _entries.Skip(start).Take(Page).TakeWhile(entry => entry.Sequence <= through)];
    }

    private long Forget(ErasureWork work)
    {
        bool Matches((long Sequence, Interaction Interaction) entry) =>
            entry.Interaction.UserId == work.User && work.Boundary.Covers(entry.Interaction);
        foreach (var (_, interaction) in _entries.Where(Matches))
        {
            if (interaction.EventId is { } id)
                _eventIds.Remove((work.User, id));
        }
        return _entries.RemoveAll(entry => Matches(entry));
    }

    private sealed class BySequence : IComparer<(long Sequence, Interaction Interaction)>
    {
        internal static readonly BySequence Instance = new();

        public int Compare((long Sequence, Interaction Interaction) x, (long Sequence, Interaction Interaction) y) =>
            x.Sequence.CompareTo(y.Sequence);
    }
}
