using System.Runtime.InteropServices;

namespace Recommendation.Modeling.Data;

/// <summary>An interaction as the trainer keeps it: 22 bytes, ids as numbers.</summary>
/// <param name="Milliseconds">When it happened, since 1970.</param>
/// <param name="Weight">What its type weighs; negative for a dislike.</param>
/// <param name="Type">The number of its type: histories are read per item and type.</param>
[StructLayout(LayoutKind.Sequential, Pack = 2)]
internal readonly record struct TrainingEvent(int User, int Item, long Milliseconds, float Weight, ushort Type)
    : IComparable<TrainingEvent>
{
    /// <summary>
    /// Newest first within a user. What ties in time, item, type and weight is interchangeable, so the order in which
    /// the interactions came does not matter.
    /// </summary>
    public int CompareTo(TrainingEvent other)
    {
        var order = other.Milliseconds.CompareTo(Milliseconds);
        if (order == 0)
            order = Item.CompareTo(other.Item);
        if (order == 0)
            order = Type.CompareTo(other.Type);
        return order == 0 ? Weight.CompareTo(other.Weight) : order;
    }
}
