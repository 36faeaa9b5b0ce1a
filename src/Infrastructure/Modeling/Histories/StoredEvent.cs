using System.Runtime.InteropServices;

namespace Recommendation.Modeling.Histories;

/// <summary>
/// An event of a user as a history file holds it: what the producer sent. What it weighs follows from the settings when
/// it is read.
/// </summary>
/// <param name="Milliseconds">When it happened, since 1970.</param>
/// <param name="Value">Its value; not a number if it has none.</param>
/// <param name="Item">The number of its item.</param>
/// <param name="Type">The number of its type.</param>
[StructLayout(LayoutKind.Sequential, Pack = 2)]
internal readonly record struct StoredEvent(long Milliseconds, double Value, int Item, ushort Type)
    : IComparable<StoredEvent>
{
    /// <summary>Newest first. Events that tie in everything are interchangeable.</summary>
    public int CompareTo(StoredEvent other)
    {
        var order = other.Milliseconds.CompareTo(Milliseconds);
        if (order == 0)
            order = Item.CompareTo(other.Item);
        if (order == 0)
            order = Type.CompareTo(other.Type);
        return order == 0 ? Value.CompareTo(other.Value) : order;
    }
}
