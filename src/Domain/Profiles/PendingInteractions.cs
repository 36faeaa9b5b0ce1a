using System.Buffers;

namespace Recommendation.Domain.Profiles;

/// <summary>
/// Interactions that are older than a profile's newest ones and are not in its stored history yet. They stay packed,
/// about 16 bytes each with an item id of 10: a profile is read and written for every event, and these are looked at
/// once in 64 of them.
/// </summary>
/// <remarks>
/// Format 1: the format, a first time in milliseconds since 1970, then each interaction: type and flags, the time's
/// distance from the first, the item, and the value where there is one.
/// </remarks>
public sealed class PendingInteractions : IEquatable<PendingInteractions>
{
    public static readonly PendingInteractions None = new([], 0);

    private const byte Format = 1;
    private const byte HasValue = 0x80;

    private readonly byte[] _bytes;

    private PendingInteractions(byte[] bytes, int count) => (_bytes, Count) = (bytes, count);

    public int Count { get; }

    /// <summary>The stored form; empty where there are none.</summary>
    public ReadOnlySpan<byte> Bytes => _bytes;

    /// <summary>Takes back the stored form, checked from end to end.</summary>
    /// <exception cref="FormatException">The bytes are damaged or of a newer format.</exception>
    public static PendingInteractions FromStored(byte[] bytes)
    {
        ArgumentNullException.ThrowIfNull(bytes);
        if (bytes.Length == 0)
            return None;
        var reader = new PackedReader(bytes);
        var first = Start(ref reader);
        var count = 0;
        for (; !reader.IsAtEnd; count++)
            Skip(ref reader, first);
        return new(bytes, count);
    }

    public HistoryEntry[] ToEntries()
    {
        if (Count == 0)
            return [];
        var entries = new HistoryEntry[Count];
        var reader = new PackedReader(_bytes);
        var first = Start(ref reader);
        for (var i = 0; i < entries.Length; i++)
            entries[i] = Read(ref reader, first);
        return entries;
    }

    public bool Equals(PendingInteractions? other) => other is not null && Bytes.SequenceEqual(other._bytes);

    public override bool Equals(object? obj) => Equals(obj as PendingInteractions);

    public override int GetHashCode() => HashCode.Combine(Count, _bytes.Length);

    /// <summary>These and others.</summary>
    internal PendingInteractions With(IReadOnlyList<RecentInteraction> interactions)
    {
        if (interactions.Count == 0)
            return this;
        var buffer = new ArrayBufferWriter<byte>(_bytes.Length + 16 + (interactions.Count * 32));
        var writer = new PackedWriter(buffer);
        var first = interactions[0].At.ToUnixTimeMilliseconds();
        if (Count > 0)
        {
            var reader = new PackedReader(_bytes);
            first = Start(ref reader);
            writer.Bytes(_bytes);
        }
        else
        {
            writer.Byte(Format);
            writer.Signed(first);
        }
        foreach (var interaction in interactions)
            Write(writer, interaction, first);
        return new(buffer.WrittenSpan.ToArray(), Count + interactions.Count);
    }

    private static void Write(PackedWriter writer, RecentInteraction interaction, long first)
    {
        var number = PackedType.NumberOf(interaction.Type);
        writer.Byte((byte)(number | (interaction.Value is null ? 0 : HasValue)));
        if (number == PackedType.Spelled)
            writer.Text(interaction.Type.Value);
        writer.Signed(interaction.At.ToUnixTimeMilliseconds() - first);
        writer.Text(interaction.ItemId.Value);
        if (interaction.Value is { } value)
            writer.Double(value);
    }

    private static long Start(ref PackedReader reader) =>
        reader.Byte() == Format
            ? reader.Signed()
            : throw new FormatException(
                "The pending interactions are of a format that this program does not know: use a newer program."
            );

    private static HistoryEntry Read(ref PackedReader reader, long first)
    {
        var flags = reader.Byte();
        var type = PackedType.Read(flags & PackedType.Mask, ref reader);
        var at = PackedReader.Time(first + reader.Signed());
        var item = reader.Item();
        return (flags & HasValue) == 0
            ? new(item, type, at)
            : new(item, type, at, Valued: 1, ValueSum: reader.Double());
    }

    /// <summary>Checks what <see cref="Read"/> reads, and makes no text of it.</summary>
    private static void Skip(ref PackedReader reader, long first)
    {
        var flags = reader.Byte();
        PackedType.Read(flags & PackedType.Mask, ref reader);
        PackedReader.Time(first + reader.Signed());
        reader.SkipItem();
        if ((flags & HasValue) != 0)
            reader.Double();
    }
}
