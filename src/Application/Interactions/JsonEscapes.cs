using System.Globalization;

namespace Recommendation.Application.Interactions;

/// <summary>
/// Checks the escaped characters of a JSON string. The reader reports half of a surrogate pair by an exception, which
/// costs more than a thousand times what the string costs.
/// </summary>
internal static class JsonEscapes
{
    /// <param name="text">The bytes between the quotes, which the reader has found to be well-formed.</param>
    /// <returns>Whether each escaped half of a surrogate pair stands beside its other half.</returns>
    internal static bool AreValid(ReadOnlySpan<byte> text)
    {
        for (var at = text.IndexOf((byte)'\\'); at >= 0;)
        {
            text = text[at..];
            var first = UnitAt(text);
            if (first is { } low && char.IsLowSurrogate(low))
                return false;
            var length = first is null ? 2 : 6;
            if (first is { } high && char.IsHighSurrogate(high))
            {
                if (UnitAt(text[6..]) is not { } second || !char.IsLowSurrogate(second))
                    return false;
                length = 12;
            }
            text = text[length..];
            at = text.IndexOf((byte)'\\');
        }
        return true;
    }

    /// <returns>The character of <c>\uXXXX</c> at the start of the text; null if there is none.</returns>
    private static char? UnitAt(ReadOnlySpan<byte> text) =>
        text.StartsWith("\\u"u8)
        && ushort.TryParse(text[2..6], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var unit)
            ? (char)unit
            : null;
}
