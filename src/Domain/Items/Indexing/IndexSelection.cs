using System.Buffers;
using System.Numerics;
using System.Runtime.InteropServices;

namespace Recommendation.Domain.Items.Indexing;

/// <summary>Finds what a selector selects in a table, as one bit for each number of an item.</summary>
internal sealed class IndexSelection(IndexTable table)
{
    /// <summary>So few items are looked up sooner than bits of another condition are set.</summary>
    private const int Few = 1_000;

    private readonly int _words = (table.Numbers + 63) >> 6;

    /// <summary>At most so many items are selected.</summary>
    internal long MostOf(ItemSelector selector) => selector switch
    {
        ItemSelector.Both both => Math.Min(MostOf(both.Left), MostOf(both.Right)),
        ItemSelector.Either either => Math.Min(table.Count, MostOf(either.Left) + MostOf(either.Right)),
        _ when selector == ItemSelector.None => 0,
        _ => IndexRange.Of(selector) is { } range ? EntriesOf(range) : table.Count,
    };

    /// <summary>The share of items that are likely to be selected.</summary>
    internal double ShareOf(ItemSelector selector) => selector switch
    {
        _ when table.Count == 0 => 0,
        ItemSelector.Both both => ShareOf(both.Left) * ShareOf(both.Right),
        ItemSelector.Either either => Math.Min(1, ShareOf(either.Left) + ShareOf(either.Right)),
        _ => MostOf(selector) / (double)table.Count,
    };

    /// <summary>The numbers of the items that are selected, or of more; null if they are more than a limit.</summary>
    internal List<int>? Select(ItemSelector selector, int limit)
    {
        var bits = Rent(filled: false);
        try
        {
            Add(selector, bits);
            // The last word has bits of numbers that there are not.
            if ((table.Numbers & 63) is > 0 and var last)
                bits[_words - 1] &= (1UL << last) - 1;
            var count = 0;
            foreach (var word in bits.AsSpan(0, _words))
                count += BitOperations.PopCount(word);
            return count <= limit ? NumbersOf(bits, count) : null;
        }
        finally
        {
            ArrayPool<ulong>.Shared.Return(bits);
        }
    }

    private List<int> NumbersOf(ulong[] bits, int count)
    {
        var numbers = new List<int>(count);
        for (var word = 0; word < _words; word++)
        {
            for (var rest = bits[word]; rest != 0; rest &= rest - 1)
                numbers.Add((word << 6) + BitOperations.TrailingZeroCount(rest));
        }
        return numbers;
    }

    /// <summary>Sets the bits of what is selected.</summary>
    private void Add(ItemSelector selector, ulong[] bits)
    {
        switch (selector)
        {
            case ItemSelector.Either either:
                Add(either.Left, bits);
                Add(either.Right, bits);
                break;
            case ItemSelector.Both both:
                AddCommon(both, bits);
                break;
            case ItemSelector.Unequal unequal:
                AddOthers(unequal, bits);
                break;
            default:
                if (IndexRange.Of(selector) is { } range)
                    Add(range, bits);
                else if (selector != ItemSelector.None)
                    bits.AsSpan(0, _words).Fill(ulong.MaxValue);
                break;
        }
    }

    private void AddCommon(ItemSelector.Both both, ulong[] bits)
    {
        var parts = new List<ItemSelector>();
        Collect(both, parts);
        // The rarest first; where it leaves few items, the others need not be looked at.
        parts.Sort((one, other) => MostOf(one).CompareTo(MostOf(other)));
        var common = Rent(filled: false);
        var next = Rent(filled: false);
        Add(parts[0], common);
        foreach (var part in CollectionsMarshal.AsSpan(parts)[1..])
        {
            if (IsFew(common))
                break;
            next.AsSpan(0, _words).Clear();
            Add(part, next);
            for (var word = 0; word < _words; word++)
                common[word] &= next[word];
        }
        for (var word = 0; word < _words; word++)
            bits[word] |= common[word];
        ArrayPool<ulong>.Shared.Return(common);
        ArrayPool<ulong>.Shared.Return(next);
    }

    private void AddOthers(ItemSelector.Unequal unequal, ulong[] bits)
    {
        var others = Rent(filled: true);
        var key = IndexKeys.Of(unequal.Text);
        foreach (var entry in table.Find(unequal.Field, key, key))
            others[IndexTable.NumberOf(entry) >> 6] &= ~(1UL << (IndexTable.NumberOf(entry) & 63));
        for (var word = 0; word < _words; word++)
            bits[word] |= others[word];
        ArrayPool<ulong>.Shared.Return(others);
    }

    private void Add(IndexRange range, ulong[] bits)
    {
        Add(table.Find(range.Field, range.From, range.To), bits);
        if (range.IsOfText)
            Add(table.Find(range.Field, IndexKeys.Any, IndexKeys.Any), bits);
    }

    private static void Add(ReadOnlySpan<ulong> entries, ulong[] bits)
    {
        foreach (var entry in entries)
            bits[IndexTable.NumberOf(entry) >> 6] |= 1UL << (IndexTable.NumberOf(entry) & 63);
    }

    private bool IsFew(ulong[] bits)
    {
        var count = 0;
        for (var word = 0; word < _words && count <= Few; word++)
            count += BitOperations.PopCount(bits[word]);
        return count <= Few;
    }

    private long EntriesOf(IndexRange range) => table.Find(range.Field, range.From, range.To).Length
        + (range.IsOfText ? table.Find(range.Field, IndexKeys.Any, IndexKeys.Any).Length : 0);

    private ulong[] Rent(bool filled)
    {
        var bits = ArrayPool<ulong>.Shared.Rent(Math.Max(1, _words));
        bits.AsSpan(0, _words).Fill(filled ? ulong.MaxValue : 0);
        return bits;
    }

    private static void Collect(ItemSelector selector, List<ItemSelector> parts)
    {
        if (selector is ItemSelector.Both both)
        {
            Collect(both.Left, parts);
            Collect(both.Right, parts);
            return;
        }
        parts.Add(selector);
    }
}
