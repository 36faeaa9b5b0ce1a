namespace Recommendation.Domain.Items.Indexing;

/// <summary>
/// The keys of an index: 40 bits for each value. Texts are hashed, so two of them have the same key once in a million
/// million pairs; numbers keep their order, and those that differ by less than their four-hundred-millionth part
/// share a key.
/// </summary>
internal static class IndexKeys
{
    internal const int Bits = 40;

    /// <summary>Stands for any value: the item has more texts in the field than are kept.</summary>
    internal const ulong Any = (1UL << Bits) - 1;

    /// <summary>The item has the field, and no value in it.</summary>
    internal const ulong Empty = Any - 1;

    internal static ulong Of(string text) => StableHash.Of(text) % Empty;

    internal static ulong Of(bool flag) => flag ? 1UL : 0UL;

    internal static ulong Of(double number)
    {
        // Adding 0 makes -0 the 0 that it equals.
        var bits = BitConverter.DoubleToUInt64Bits(number + 0.0);
        return ((bits >> 63) != 0 ? ~bits : bits | (1UL << 63)) >> (64 - Bits);
    }
}
