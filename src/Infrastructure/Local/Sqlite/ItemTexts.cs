using System.Text;

namespace Recommendation.Local.Sqlite;

/// <summary>
/// The texts of item ids that were read before. A list names some hundreds of a catalogue's items, and every list the
/// same ones: to make each text anew was half of what a request for a stored list allocated, and the collector a sixth
/// of its time. Bounded; a newer text takes an older one's place. Safe for many threads: at worst a text is made twice.
/// </summary>
internal static class ItemTexts
{
    private const int Slots = 1 << 14;

    private static readonly string?[] s_texts = new string?[Slots];

    internal static string Of(ReadOnlySpan<byte> utf8)
    {
        var hash = new HashCode();
        hash.AddBytes(utf8);
        ref var slot = ref s_texts[hash.ToHashCode() & (Slots - 1)];
        // What is not ASCII never equals, and is made anew.
        if (slot is { } known && Ascii.Equals(utf8, known))
            return known;
        return slot = Encoding.UTF8.GetString(utf8);
    }
}
