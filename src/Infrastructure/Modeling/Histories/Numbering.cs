using System.Runtime.InteropServices;
using Recommendation.Application.Ports;

namespace Recommendation.Modeling.Histories;

/// <summary>Numbers ids in the order of their arrival, and counts how often each came.</summary>
internal sealed class Numbering
{
    private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);
    private readonly List<long> _counts = [];

    public int Of(string id)
    {
        ref var number = ref CollectionsMarshal.GetValueRefOrAddDefault(_numbers, id, out var exists);
        if (!exists)
        {
            number = _counts.Count;
            _counts.Add(0);
        }
        CollectionsMarshal.AsSpan(_counts)[number]++;
        return number;
    }

    /// <exception cref="RefusedException">There are more types than a history file can hold.</exception>
    public ushort OfType(string id) => Of(id) is < HistoryFormat.MaximumTypes and var number
        ? (ushort)number
        : throw new RefusedException(
            $"The interactions have more than {HistoryFormat.MaximumTypes:N0} types. A type names what happened, such "
                + "as view; leave ids and texts out of it.");

    public OrderedIds InOrder()
    {
        var ids = new string[_numbers.Count];
        foreach (var (id, number) in _numbers)
            ids[number] = id;
        var arrival = Enumerable.Range(0, ids.Length).ToArray();
        Array.Sort(ids, arrival, StringComparer.Ordinal);
        var places = new int[ids.Length];
        for (var place = 0; place < arrival.Length; place++)
            places[arrival[place]] = place;
        return new(ids, places, Array.ConvertAll(arrival, number => _counts[number]));
    }
}

/// <summary>Ids in ordinal order.</summary>
/// <param name="Ids">The ids.</param>
/// <param name="Places">By number of arrival, the place in this order.</param>
/// <param name="Counts">By place, how often the id came.</param>
internal sealed record OrderedIds(string[] Ids, int[] Places, long[] Counts);
