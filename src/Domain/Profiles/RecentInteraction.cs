using System.Buffers.Binary;
using System.Text;
using Recommendation.Domain.Interactions;

namespace Recommendation.Domain.Profiles;

/// <summary>
/// What a profile keeps of an interaction. Ordered by time, then the first 8 bytes of the event id, item, type and
/// value: all of the order is stored, so what is kept never depends on how the events were batched; what ties in all is
/// the same.
/// </summary>
/// <param name="EventKey">The first 8 UTF-8 bytes of the event id, big-endian, so that it sorts as the
/// text; 0 where none.</param>
/// <param name="Value">The number that the producer gave with it; null where none.</param>
public readonly record struct RecentInteraction(
    DateTimeOffset At, ulong EventKey, ItemId ItemId, InteractionType Type, double? Value = null)
    : IComparable<RecentInteraction>
{
    public static RecentInteraction From(Interaction interaction)
    {
        ArgumentNullException.ThrowIfNull(interaction);
        return new(
            interaction.OccurredAt,
            KeyOf(interaction.EventId),
            interaction.ItemId,
            interaction.Type,
            interaction.Value
        );
    }

    public int CompareTo(RecentInteraction other)
    {
        var order = At.UtcTicks.CompareTo(other.At.UtcTicks);
        if (order == 0)
            order = EventKey.CompareTo(other.EventKey);
        if (order == 0)
            order = ItemId.CompareTo(other.ItemId);
        if (order == 0)
            order = Type.CompareTo(other.Type);
        return order == 0 ? Nullable.Compare(Value, other.Value) : order;
    }

    private static ulong KeyOf(EventId? eventId)
    {
        if (eventId is not { } id)
            return 0;
        Span<byte> bytes = stackalloc byte[32]; // 9 characters are at most 27 bytes
        bytes.Clear();
        // The ninth, since the eighth may be the first half of a surrogate pair.
        Encoding.UTF8.GetBytes(id.Value.AsSpan(0, Math.Min(9, id.Value.Length)), bytes);
        return BinaryPrimitives.ReadUInt64BigEndian(bytes);
    }
}
