using System.Text;

namespace Recommendation.Domain;

/// <summary>
/// A 64-bit hash that is the same in every process and version, since it is stored: FNV-1a
/// (draft-eastlake-fnv) with the finaliser of MurmurHash3, which spreads it over the low bits.
/// </summary>
public static class StableHash
{
    /// <param name="text">Hashed as UTF-8.</param>
    public static ulong Of(string text)
    {
        Span<byte> buffer = stackalloc byte[Identifier.MaximumBytes];
        if (Encoding.UTF8.TryGetBytes(text, buffer, out var written))
            return Of(buffer[..written]);
        return Of(Encoding.UTF8.GetBytes(text));
    }

    private static ulong Of(ReadOnlySpan<byte> bytes)
    {
        var hash = 14695981039346656037UL;
        foreach (var b in bytes)
            hash = (hash ^ b) * 1099511628211UL;
        hash = (hash ^ (hash >> 33)) * 0xff51afd7ed558ccdUL;
        hash = (hash ^ (hash >> 33)) * 0xc4ceb9fe1a85ec53UL;
        return hash ^ (hash >> 33);
    }
}
