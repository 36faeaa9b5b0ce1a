using Recommendation.Domain.Interactions;
using Recommendation.Modeling.Data;
using Recommendation.Modeling.Histories;

namespace Recommendation.Modeling.RowBlocks;

/// <summary>Converts blocks of a history file to training events. See <see cref="InteractionReader"/>.</summary>
internal sealed class HistoryConverter
{
    private readonly EventTypeSettings _types;
    private readonly InteractionType[] _names;
    private readonly float[] _weights;
    private readonly bool[] _cancels;
    private readonly long _asOf;

    public HistoryConverter(HistoryFileReader file, EventTypeSettings types, long asOf)
    {
        (_types, _names, _asOf) = (types, file.Types, asOf);
        _weights = Array.ConvertAll(_names, type => (float)types.WeightOf(type, value: null));
        _cancels = Array.ConvertAll(_names, type => types.CancelledBy(type) is not null);
        Used = new bool[file.ItemIds.Length];
    }

    /// <summary>By item of the file, whether any converted event of it weighs something.</summary>
    public bool[] Used { get; }

    /// <summary>The counted events of types that the settings do not name.</summary>
    public UnnamedTypes Unnamed { get; } = new();

    /// <summary>Counts the events of a block until the time.</summary>
    public long Count(HistoryBlock block)
    {
        var count = 0L;
        foreach (ref readonly var one in block.Events.AsSpan())
        {
            if (one.Milliseconds > _asOf)
                continue;
            count++;
            if (!_types.IsKnown(_names[one.Type]))
                Unnamed.Add(_names[one.Type]);
        }
        return count;
    }

    /// <summary>The users of a block with events that count; the items have the numbers of the file.</summary>
    public TrainingEvents Convert(HistoryBlock block)
    {
        var (offsets, events) = (new List<int> { 0 }, new List<TrainingEvent>(block.Events.Length));
        for (var user = 0; user < block.Users; user++)
        {
            var start = events.Count;
            var cancels = false;
            foreach (ref readonly var one in block.Of(user))
            {
                var weight = double.IsNaN(one.Value)
                    ? _weights[one.Type] : (float)_types.WeightOf(_names[one.Type], one.Value);
                if (weight == 0 || one.Milliseconds > _asOf)
                    continue;
                Used[one.Item] = true;
                cancels |= _cancels[one.Type];
                events.Add(new(offsets.Count - 1, one.Item, one.Milliseconds, weight, one.Type));
            }
            if (cancels)
                Cancel(events, start);
            if (events.Count == start)
                continue;
            Sort(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(events)[start..]);
            offsets.Add(events.Count);
        }
        return new([], [], [.. offsets], [.. events]);
    }

    /// <summary>Removes from the last user's events what is cancelled, and what cancels.</summary>
    private void Cancel(List<TrainingEvent> events, int start)
    {
        var own = events[start..].ToArray();
        var cancellations = new Cancellations(_types);
        foreach (var one in own)
            cancellations.Add(_names[one.Type]);
        cancellations.ApplyTo([own], own.Length, CancellationToken.None);
        events.RemoveRange(start, events.Count - start);
        events.AddRange(own.Where(one => one.Weight != 0));
    }

    /// <summary>The file has the order already, except where equal types at one time differ in value.</summary>
    private static void Sort(Span<TrainingEvent> events)
    {
        for (var at = 1; at < events.Length; at++)
        {
            if (events[at - 1].CompareTo(events[at]) <= 0)
                continue;
            events.Sort();
            return;
        }
    }
}
