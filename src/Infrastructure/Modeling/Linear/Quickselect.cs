namespace Recommendation.Modeling.Linear;

/// <summary>Hoare's selection with the median of three; the same input gives the same order.</summary>
internal static class Quickselect
{
    /// <summary>Moves the <paramref name="count"/> smallest keys to the front, in no particular order.</summary>
    public static void Smallest(Span<ulong> keys, int count)
    {
        var low = 0;
        var high = keys.Length - 1;
        while (low < high)
        {
            var split = Partition(keys, low, high);
            if (count - 1 <= split)
                high = split;
            else
                low = split + 1;
        }
    }

    private static int Partition(Span<ulong> keys, int low, int high)
    {
        var pivot = Median(keys[low], keys[low + ((high - low) >> 1)], keys[high]);
        var left = low - 1;
        var right = high + 1;
        while (true)
        {
            do
                left++;
            while (keys[left] < pivot);
            do
                right--;
            while (keys[right] > pivot);
            if (left >= right)
                return right;
            (keys[left], keys[right]) = (keys[right], keys[left]);
        }
    }

    private static ulong Median(ulong a, ulong b, ulong c) => Math.Max(Math.Min(a, b), Math.Min(Math.Max(a, b), c));
}
