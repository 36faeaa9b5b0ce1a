using System.Text;

namespace Recommendation.Modeling.Histories;

/// <summary>Some users of a history file with all their events, newest first.</summary>
/// <param name="IdBytes">The user ids in UTF-8, one after the other.</param>
/// <param name="IdOffsets">Where each id begins; one more than there are users.</param>
/// <param name="Offsets">Where the events of each user begin; one more than there are users.</param>
/// <param name="Events">The events; their items by ordinal number.</param>
internal sealed record HistoryBlock(byte[] IdBytes, int[] IdOffsets, int[] Offsets, StoredEvent[] Events)
{
    public int Users => Offsets.Length - 1;

    public string IdOf(int user) => Encoding.UTF8.GetString(IdBytes.AsSpan(IdOffsets[user]..IdOffsets[user + 1]));

    public Span<StoredEvent> Of(int user) => Events.AsSpan(Offsets[user]..Offsets[user + 1]);

    /// <summary>The same users, the last one with the events that the next block begins with.</summary>
    /// <exception cref="InvalidDataException">The next block begins with another user.</exception>
    public HistoryBlock Joined(HistoryBlock next)
    {
        if (Users == 0 || next.Users == 0 || !string.Equals(IdOf(Users - 1), next.IdOf(0), StringComparison.Ordinal))
            throw ColumnReader.Damaged();
        var (ownIds, ownEvents) = (IdBytes.Length - next.IdOffsets[1], Events.Length);
        return new(
            [.. IdBytes, .. next.IdBytes.AsSpan(next.IdOffsets[1])],
            [.. IdOffsets, .. next.IdOffsets.Skip(2).Select(offset => offset + ownIds)],
            [.. Offsets.SkipLast(1), .. next.Offsets.Skip(1).Select(offset => offset + ownEvents)],
            [.. Events, .. next.Events]
        );
    }

    /// <summary>Reads a section of users.</summary>
    /// <param name="raw">The section.</param>
    /// <param name="byRank">The items by rank of frequency.</param>
    /// <param name="types">How many types there are.</param>
    /// <exception cref="InvalidDataException">It is no such section.</exception>
    public static (HistoryBlock Block, bool Continues) Read(ReadOnlySpan<byte> raw, int[] byRank, int types)
    {
        var section = new ColumnReader(raw);
        var continues = section.Number(1) == 1;
        // Every user and every event takes at least one byte, so a false number allocates no more than the section.
        var (users, count) = (section.Number(raw.Length), section.Number(raw.Length));
        var (idBytes, idOffsets) = ReadIds(section.Column(), users);
        var offsets = ReadOffsets(section.Column(), users, count);
        var times = ReadTimes(section.Column(), offsets);
        var items = section.Column();
        var kinds = section.Column();
        var values = section.Column();
        section.End();
        var hasValues = !values.IsEmpty;
        var events = new StoredEvent[count];
        for (var at = 0; at < count; at++)
            events[at] = new(
                times[at], hasValues ? ReadValue(ref values) : double.NaN,
                byRank[items.Number(byRank.Length - 1L)], (ushort)kinds.Number(types - 1L));
        items.End();
        kinds.End();
        values.End();
        return (new(idBytes, idOffsets, offsets, events), continues);
    }

    private static (byte[] Bytes, int[] Offsets) ReadIds(ColumnReader column, int users)
    {
        Span<byte> id = stackalloc byte[HistoryFormat.MaximumIdBytes];
        var (length, offsets) = (0, new int[users + 1]);
        var bytes = new MemoryStream();
        for (var user = 0; user < users; user++)
        {
            column.Id(id, ref length);
            bytes.Write(id[..length]);
            offsets[user + 1] = (int)bytes.Length;
        }
        column.End();
        return (bytes.ToArray(), offsets);
    }

    private static int[] ReadOffsets(ColumnReader column, int users, int count)
    {
        var offsets = new int[users + 1];
        for (var user = 0; user < users; user++)
            offsets[user + 1] = offsets[user] + column.Number(count - offsets[user]);
        column.End();
        return offsets[users] == count ? offsets : throw ColumnReader.Damaged();
    }

    private static long[] ReadTimes(ColumnReader column, int[] offsets)
    {
        var times = new long[offsets[^1]];
        var (newest, unit) = (column.Signed(), column.Number(int.MaxValue));
        for (var user = 0; user < offsets.Length - 1; user++)
        {
            var before = newest;
            for (var at = offsets[user]; at < offsets[user + 1]; at++)
                before = times[at] = unchecked(before - ((long)column.Number() * unit));
        }
        column.End();
        return times;
    }

    private static double ReadValue(ref ColumnReader values) =>
        values.Number(HistoryValues.FirstSmall + HistoryValues.SmallLimit) switch
        {
            HistoryValues.None => double.NaN,
            HistoryValues.Any => values.Double(),
            var small => small - HistoryValues.FirstSmall,
        };
}
