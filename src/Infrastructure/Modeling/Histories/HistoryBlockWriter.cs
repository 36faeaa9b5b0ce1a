using System.Buffers;

namespace Recommendation.Modeling.Histories;

/// <summary>
/// Collects users and writes them as one section, column by column: user ids (front-coded), numbers of events, times
/// (differences, in the largest unit that divides all), items (by rank of frequency), types, values.
/// </summary>
/// <param name="ranks">By item: its place if all are ordered by their number of events.</param>
internal sealed class HistoryBlockWriter(int[] ranks)
{
    /// <summary>Times in whole days, hours, minutes, seconds or milliseconds.</summary>
    private static readonly long[] s_units = [86_400_000, 3_600_000, 60_000, 1_000, 1];

    private readonly ArrayBufferWriter<byte> _ids = new();
    private readonly ArrayBufferWriter<byte> _column = new();
    private readonly ArrayBufferWriter<byte> _section = new();
    private readonly List<int> _counts = [];
    private readonly List<StoredEvent> _events = [];
    private byte[] _before = [];

    public int Events => _events.Count;

    public int Users => _counts.Count;

    public void Add(byte[] userId, ReadOnlySpan<StoredEvent> newestFirst)
    {
        _ids.PutId(userId, _before);
        _before = userId;
        _counts.Add(newestFirst.Length);
        _events.AddRange(newestFirst);
    }

    /// <param name="continues">Whether the next block begins with more events of the last user.</param>
    /// <returns>The section, valid until the next call. The block begins anew.</returns>
    public ReadOnlySpan<byte> End(bool continues)
    {
        _section.ResetWrittenCount();
        _section.Put(continues ? 1 : 0);
        _section.Put(_counts.Count);
        _section.Put(_events.Count);
        _section.PutColumn(_ids);
        Column(column => _counts.ForEach(column.Put));
        Column(PutTimes);
        Column(column => _events.ForEach(one => column.Put(ranks[one.Item])));
        Column(column => _events.ForEach(one => column.Put((int)one.Type)));
        Column(PutValues);
        _ids.ResetWrittenCount();
        _counts.Clear();
        _events.Clear();
        _before = [];
        return _section.WrittenSpan;
    }

    private void Column(Action<ArrayBufferWriter<byte>> fill)
    {
        _column.ResetWrittenCount();
        fill(_column);
        _section.PutColumn(_column);
    }

    private void PutTimes(ArrayBufferWriter<byte> column)
    {
        var newest = _events.Max(one => one.Milliseconds);
        var unit = s_units.First(unit => _events.TrueForAll(one => (newest - one.Milliseconds) % unit == 0));
        column.PutSigned(newest);
        column.Put((ulong)unit);
        var at = 0;
        foreach (var count in _counts)
        {
            var before = newest;
            for (var end = at + count; at < end; at++)
            {
                column.Put((ulong)((before - _events[at].Milliseconds) / unit));
                before = _events[at].Milliseconds;
            }
        }
    }

    /// <summary>Nothing if no event has a value. Small whole numbers are short.</summary>
    private void PutValues(ArrayBufferWriter<byte> column)
    {
        if (_events.TrueForAll(one => double.IsNaN(one.Value)))
            return;
        foreach (var value in _events.Select(one => one.Value))
        {
            if (double.IsNaN(value))
                column.Put(HistoryValues.None);
            else if (value is >= 0 and < HistoryValues.SmallLimit && value == Math.Floor(value)
                && !double.IsNegative(value))
                column.Put(HistoryValues.FirstSmall + (int)value);
            else
            {
                column.Put(HistoryValues.Any);
                column.Put(value);
            }
        }
    }
}

/// <summary>How the values of events are coded.</summary>
internal static class HistoryValues
{
    public const int None = 0;
    public const int Any = 1;
    public const int FirstSmall = 2;
    public const int SmallLimit = 1 << 20;
}
