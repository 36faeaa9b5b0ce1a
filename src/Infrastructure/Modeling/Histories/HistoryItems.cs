namespace Recommendation.Modeling.Histories;

/// <summary>
/// Items are stored by their rank of frequency: frequent items get short numbers. The order follows from the counts in
/// the file.
/// </summary>
internal static class HistoryItems
{
    /// <summary>By rank, the item: the most frequent first, ties by number.</summary>
    public static int[] ByRank(long[] counts)
    {
        var keys = Array.ConvertAll(counts, count => -count);
        var items = Enumerable.Range(0, counts.Length).ToArray();
        Array.Sort(keys, items, Comparer<long>.Default);
        // Array.Sort is not stable: put ties in the order of their numbers.
        for (var from = 0; from < items.Length;)
        {
            var to = from + 1;
            while (to < items.Length && keys[to] == keys[from])
                to++;
            Array.Sort(items, from, to - from);
            from = to;
        }
        return items;
    }

    /// <summary>By item, its rank.</summary>
    public static int[] Ranks(long[] counts)
    {
        var ranks = new int[counts.Length];
        foreach (var (rank, item) in ByRank(counts).Index())
            ranks[item] = rank;
        return ranks;
    }
}
