namespace Recommendation.Modeling.Linear;

/// <summary>
/// Keeps the largest of many values, each with its index; of equal values, the one with the lower index. It buffers
/// candidates and truncates them by quickselect, which costs less than a heap. Indices must be
/// offered in ascending order.
/// </summary>
internal sealed class TopK
{
    private ulong[] _keys = [];
    private int _count;
    private int _limit;
    private int _capacity;

    /// <summary>Values up to this one cannot be among the largest any more.</summary>
    public float Threshold { get; private set; }

    /// <summary>Begins anew.</summary>
    /// <param name="limit">How many values are wanted; at least 1.</param>
    /// <param name="floor">Only values above it count.</param>
    public void Reset(int limit, float floor)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        (_limit, _capacity, _count, Threshold) = (limit, checked((2 * limit) + 64), 0, floor);
        if (_keys.Length < _capacity)
            _keys = new ulong[_capacity];
    }

    public void Offer(float value, int index)
    {
        if (!(value > Threshold))
            return;
        if (_count == _capacity)
        {
            Cut();
            if (!(value > Threshold))
                return;
        }
        _keys[_count++] = KeyOf(value, index);
    }

    /// <summary>
    /// The chosen ones, greatest first: read them with <see cref="ValueOf"/> and <see cref="IndexOf"/>.
    /// </summary>
    public ReadOnlySpan<ulong> Best()
    {
        var keys = Chosen();
        keys.Sort();
        return keys;
    }

    /// <summary>The chosen ones by ascending index, as columns and values.</summary>
    public int CopyByIndex(Span<int> indices, Span<float> values)
    {
        var keys = Chosen();
        for (var i = 0; i < keys.Length; i++)
            keys[i] = (keys[i] << 32) | (keys[i] >> 32);
        keys.Sort();
        for (var i = 0; i < keys.Length; i++)
        {
            indices[i] = (int)(keys[i] >> 32);
            values[i] = ValueOf(keys[i] << 32);
        }
        return keys.Length;
    }

    public static int IndexOf(ulong key) => (int)(uint)key;

    public static float ValueOf(ulong key)
    {
        var ordered = ~(uint)(key >> 32);
        return BitConverter.UInt32BitsToSingle((ordered & 0x80000000) != 0 ? ordered ^ 0x80000000 : ~ordered);
    }

    // The better, the smaller: the bits of the value in an order that sorts as the numbers do,
    // inverted, then the index.
    private static ulong KeyOf(float value, int index)
    {
        var bits = BitConverter.SingleToUInt32Bits(value);
        var ordered = (bits & 0x80000000) != 0 ? ~bits : bits ^ 0x80000000;
        return ((ulong)~ordered << 32) | (uint)index;
    }

    private Span<ulong> Chosen()
    {
        if (_count > _limit)
            Cut();
        return _keys.AsSpan(0, _count);
    }

    private void Cut()
    {
        Quickselect.Smallest(_keys.AsSpan(0, _count), _limit);
        _count = _limit;
        var worst = 0UL;
        foreach (var key in _keys.AsSpan(0, _limit))
            worst = Math.Max(worst, key);
        Threshold = ValueOf(worst);
    }
}
