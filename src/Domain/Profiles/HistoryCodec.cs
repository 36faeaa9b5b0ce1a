using System.Buffers;
using Recommendation.Domain.Interactions;

namespace Recommendation.Domain.Profiles;

/// <summary>
/// The stored form of a history, the same in every store: about 16 bytes an item with an id of 10, and 5 bytes more for
/// each item ever acted on. Format 1.
/// </summary>
public static class HistoryCodec
{
    private const byte Format = 1;

    private const byte SameItem = 0x20;
    private const byte IsCounted = 0x40;
    private const byte IsValued = 0x80;

    public static byte[] Write(StoredHistory history)
    {
        ArgumentNullException.ThrowIfNull(history);
        var buffer = new ArrayBufferWriter<byte>(64 + (history.Items.Count * 24) + (history.ActedOn.Count * 6));
        var writer = new PackedWriter(buffer);
        writer.Byte(Format);
        WriteItems(writer, history.Items);
        WriteSet(writer, history.ActedOn);
        return buffer.WrittenSpan.ToArray();
    }

    /// <exception cref="FormatException">The bytes are damaged, or of a format that this
    /// version does not know.</exception>
    public static StoredHistory Read(ReadOnlySpan<byte> bytes)
    {
        var reader = new PackedReader(bytes);
        if (reader.Byte() is var format and not Format)
            throw new FormatException(
                $"The stored history is of format {format}, and this program knows format {Format}: use a newer "
                    + "program."
            );
        var history = new StoredHistory(ReadItems(ref reader), ReadSet(ref reader));
        return reader.IsAtEnd ? history : throw PackedReader.Damaged();
    }

    /// <summary>Times as the distance from the one before, which is short for a newest-first list.</summary>
    private static void WriteItems(PackedWriter writer, UserHistory items)
    {
        writer.Unsigned((ulong)items.Count);
        var previous = default(HistoryEntry);
        foreach (var entry in items.Entries)
        {
            var isSame = previous.Count > 0 && previous.ItemId == entry.ItemId;
            var number = PackedType.NumberOf(entry.Type);
            writer.Byte(
                (byte)(
                    number
                    | (isSame ? SameItem : 0)
                    | (entry.Count > 1 ? IsCounted : 0)
                    | (entry.Valued > 0 ? IsValued : 0)
                )
            );
            if (number == PackedType.Spelled)
                writer.Text(entry.Type.Value);
            if (!isSame)
                writer.Text(entry.ItemId.Value);
            writer.Signed(
                (previous.Count > 0 ? previous.At.ToUnixTimeMilliseconds() : 0) - entry.At.ToUnixTimeMilliseconds()
            );
            if (entry.Count > 1)
                writer.Unsigned((ulong)entry.Count);
            if (entry.Valued > 0)
            {
                writer.Unsigned((ulong)entry.Valued);
                writer.Double(entry.ValueSum);
            }
            previous = entry;
        }
    }

    private static UserHistory ReadItems(ref PackedReader reader)
    {
        var entries = new HistoryEntry[reader.Count(bytesOfEach: 2)];
        for (var i = 0; i < entries.Length; i++)
            entries[i] = ReadItem(ref reader, i == 0 ? default : entries[i - 1]);
        return UserHistory.FromStored(entries);
    }

    private static HistoryEntry ReadItem(ref PackedReader reader, HistoryEntry previous)
    {
        var flags = reader.Byte();
        var type = PackedType.Read(flags & PackedType.Mask, ref reader);
        var isFirst = previous.Count == 0;
        if ((flags & SameItem) != 0 && isFirst)
            throw PackedReader.Damaged();
        var item = (flags & SameItem) != 0 ? previous.ItemId : reader.Item();
        var at = PackedReader.Time((isFirst ? 0 : previous.At.ToUnixTimeMilliseconds()) - reader.Signed());
        var count = (flags & IsCounted) != 0 ? Positive(reader.Unsigned()) : 1;
        return (flags & IsValued) != 0
            ? new(item, type, at, count, Positive(reader.Unsigned()), reader.Double())
            : new(item, type, at, count);
    }

    private static void WriteSet(PackedWriter writer, ActedOnSet set)
    {
        writer.Unsigned((ulong)set.Types.Length);
        foreach (var type in set.Types)
            writer.Text(type.Value);
        writer.Unsigned((ulong)set.Count);
        var previous = 0UL;
        for (var i = 0; i < set.Count; i++)
        {
            writer.Unsigned(set.Hashes[i] - previous);
            writer.Unsigned(set.Marks[i]);
            previous = set.Hashes[i];
        }
    }

    private static ActedOnSet ReadSet(ref PackedReader reader)
    {
        var types = new InteractionType[reader.Count(bytesOfEach: 2)];
        if (types.Length > ActedOnSet.MaximumTypes)
            throw PackedReader.Damaged();
        for (var i = 0; i < types.Length; i++)
        {
            types[i] = InteractionType.TryParse(reader.Text()) ?? throw PackedReader.Damaged();
            if (i > 0 && types[i].CompareTo(types[i - 1]) <= 0)
                throw PackedReader.Damaged();
        }
        var possible = ActedOnSet.FurtherTypes | ((1UL << types.Length) - 1);
        var count = reader.Count(bytesOfEach: 2);
        var (hashes, marks) = (new ulong[count], new ulong[count]);
        for (var i = 0; i < count; i++)
        {
            var step = reader.Unsigned();
            hashes[i] = i == 0 ? step : hashes[i - 1] + step;
            marks[i] = reader.Unsigned();
            if (
                (i > 0 && step == 0)
                || step > ActedOnSet.GreatestHash
                || hashes[i] > ActedOnSet.GreatestHash
                || marks[i] == 0
                || (marks[i] & ~possible) != 0
            )
                throw PackedReader.Damaged();
        }
        return new(types, hashes, marks);
    }

    private static long Positive(ulong value) =>
        value is > 0 and <= long.MaxValue ? (long)value : throw PackedReader.Damaged();
}
