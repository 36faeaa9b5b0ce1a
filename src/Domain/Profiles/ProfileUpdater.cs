using Recommendation.Domain.Interactions;

namespace Recommendation.Domain.Profiles;

/// <summary>The working copy of a profile while it applies; lists are copied when they first change.</summary>
internal sealed class ProfileUpdater(UserProfile before, ProfilePolicy policy)
{
    // Sorted here and not taken on trust: a mark that a store gave back out of order would be overlooked, and its
    // events counted anew.
    private readonly List<Watermark> _marks =
    [
        .. before.Marks.OrderBy(mark => mark.Partition, StringComparer.Ordinal),
    ];
    private List<RecentInteraction>? _recent;
    private List<RecentInteraction>? _older;
    private List<ulong>? _eventIds;
    private List<TypeCount>? _counts;
    private DateTimeOffset? _first = before.FirstInteraction;
    private int _counted;
    private int _redelivered;
    private int _repeated;
    private int _erased;
    private int _noActs;
    private UnnamedTypes? _unnamed;

    internal ApplyResult Apply(IReadOnlyList<Interaction> interactions)
    {
        foreach (var interaction in InLogOrder(interactions))
            Take(interaction);
        var after = Result();
        return new ApplyResult(after, _counted, _redelivered, _repeated, _erased)
        {
            NeedsCompaction = after.Pending.Count > policy.PendingLimit,
            NoActs = _noActs,
            Unnamed = _unnamed,
        };
    }

    private void Take(Interaction interaction)
    {
        if (interaction.UserId != before.UserId)
            throw new ArgumentException("A profile applies interactions of its own user only.", nameof(interaction));
        if (!interaction.Position.IsAssigned)
            throw new ArgumentException(
                "An interaction has no position: append it to the log first.",
                nameof(interaction)
            );

        if (policy.EventTypes.IsNoAct(interaction.Type))
            _noActs++;
        else if (before.Erasure?.Covers(interaction) == true)
            _erased++;
        else if (!Advance(interaction.Position, interaction.ArrivedAt))
            _redelivered++;
        else if (!Remember(interaction.EventId))
            _repeated++;
        else
            Count(interaction);
    }

    /// <summary>Moves the partition's mark; false where it covers the position already.</summary>
    private bool Advance(Position position, DateTimeOffset arrivedAt)
    {
        var day = DateOnly.FromDateTime(arrivedAt.UtcDateTime);
        for (var i = 0; i < _marks.Count; i++)
        {
            var order = string.CompareOrdinal(_marks[i].Partition, position.Partition);
            if (order == 0)
            {
                if (_marks[i].Covers(position))
                    return false;
                _marks[i] = new(
                    position.Partition,
                    position.Sequence,
                    position.Index,
                    day > _marks[i].Day ? day : _marks[i].Day
                );
                return true;
            }
            if (order > 0)
            {
                _marks.Insert(i, new(position.Partition, position.Sequence, position.Index, day));
                return true;
            }
        }
        _marks.Add(new(position.Partition, position.Sequence, position.Index, day));
        return true;
    }

    /// <summary>Adds the event id to the last ones; false where it is among them.</summary>
    private bool Remember(EventId? eventId)
    {
        if (eventId is not { } id || policy.EventIdLimit == 0)
            return true;
        var hash = StableHash.Of(id.Value);
        _eventIds ??= [.. before.EventIds];
        if (_eventIds.Contains(hash))
            return false;
        _eventIds.Add(hash);
        if (_eventIds.Count > policy.EventIdLimit)
            _eventIds.RemoveRange(0, _eventIds.Count - policy.EventIdLimit);
        return true;
    }

    private void Count(Interaction interaction)
    {
        _counted++;
        if (_first is null || interaction.OccurredAt < _first)
            _first = interaction.OccurredAt;
        if (!policy.EventTypes.IsKnown(interaction.Type))
            (_unnamed ??= new()).Add(interaction.Type);
        CountType(policy.EventTypes.CountedAs(interaction.Type));
        Keep(RecentInteraction.From(interaction) with { Type = policy.EventTypes.Canonical(interaction.Type) });
    }

    private void CountType(InteractionType type)
    {
        _counts ??= [.. before.Counts.OrderBy(count => count.Type)];
        var i = 0;
        for (; i < _counts.Count; i++)
        {
            var order = _counts[i].Type.CompareTo(type);
            if (order == 0)
            {
                _counts[i] = new(type, _counts[i].Count + 1);
                return;
            }
            if (order > 0)
                break;
        }
        _counts.Insert(i, new(type, 1));
    }

    private void Keep(RecentInteraction recent)
    {
        _recent ??= [.. before.Recent];
        // Newest first, and most events are the newest: the scan from the front is short.
        var i = 0;
        while (i < _recent.Count && _recent[i].CompareTo(recent) > 0)
            i++;
        if (i < policy.RecentLimit)
            _recent.Insert(i, recent);
        else
            (_older ??= []).Add(recent);
        for (; _recent.Count > policy.RecentLimit; _recent.RemoveAt(_recent.Count - 1))
            (_older ??= []).Add(_recent[^1]);
    }

    private UserProfile Result()
    {
        if (_counted == 0 && _repeated == 0)
            return before;
        DropOldMarks();
        return before with
        {
            FirstInteraction = _first,
            InteractionCount = before.InteractionCount + _counted,
            Counts = _counts ?? before.Counts,
            Recent = _recent ?? before.Recent,
            Pending = _older is null ? before.Pending : before.Pending.With(_older),
            Marks = _marks,
            EventIds = _eventIds ?? before.EventIds,
        };
    }

    /// <summary>
    /// A mark is dropped when the log can't deliver what it covers any more, with a day to spare. The newest arrival
    /// stands for now: real time is at least that.
    /// </summary>
    private void DropOldMarks()
    {
        if (policy.LogRetention is not { } retention)
            return;
        var newest = _marks.Max(mark => mark.Day);
        var keepFrom = newest.AddDays(-((int)Math.Ceiling(retention.TotalDays) + 1));
        _marks.RemoveAll(mark => mark.Day < keepFrom);
    }

    /// <summary>
    /// A partition's positions must rise, or the mark would hide what it never covered; almost always they do.
    /// Partitions take turns by arrival, since the last event ids are remembered in that order.
    /// </summary>
    private static IReadOnlyList<Interaction> InLogOrder(IReadOnlyList<Interaction> interactions)
    {
        for (var i = 1; i < interactions.Count; i++)
        {
            var (previous, next) = (interactions[i - 1].Position, interactions[i].Position);
            if (
                !string.Equals(previous.Partition, next.Partition, StringComparison.Ordinal)
                || previous.CompareWithin(next) > 0
            )
                return Sorted(interactions);
        }
        return interactions;
    }

    private static Interaction[] Sorted(IReadOnlyList<Interaction> interactions)
    {
        var byPosition = interactions
            .OrderBy(interaction => interaction.Position.Partition, StringComparer.Ordinal)
            .ThenBy(interaction => interaction.Position, Comparer<Position>.Create((a, b) => a.CompareWithin(b)))
            .ToArray();
        // Arrival times may step back within a partition, its positions may not: a partition's latest so far stands.
        var arrivals = new DateTimeOffset[byPosition.Length];
        for (var i = 0; i < byPosition.Length; i++)
        {
            var follows =
                i > 0
                && string.Equals(
                    byPosition[i - 1].Position.Partition,
                    byPosition[i].Position.Partition,
                    StringComparison.Ordinal
                );
            arrivals[i] =
                follows && arrivals[i - 1] > byPosition[i].ArrivedAt ? arrivals[i - 1] : byPosition[i].ArrivedAt;
        }
        return [.. byPosition.Zip(arrivals).OrderBy(pair => pair.Second).Select(pair => pair.First)];
    }
}
