using System.Text;

namespace Recommendation.Domain;

/// <summary>
/// The one rule for every id that comes from outside: 1–256 UTF-8 bytes after trimming, no control characters.
/// </summary>
internal static class Identifier
{
    internal const int MaximumBytes = 256;

    /// <summary>Gives the trimmed id, or the reason why it is none (a clause that follows the id's name).</summary>
    internal static (string? Value, string? Problem) Check(string? text)
    {
        var value = text?.Trim();
        if (string.IsNullOrEmpty(value))
            return (null, "is missing or empty");
        // A char is at most 3 bytes of UTF-8, so only long ids need counting.
        if (value.Length * 3 > MaximumBytes && Encoding.UTF8.GetByteCount(value) is var bytes and > MaximumBytes)
            return (null, $"has {bytes} bytes; at most {MaximumBytes} are allowed");
        foreach (var c in value)
        {
            if (char.IsControl(c))
                return (null, $"has the control character U+{(int)c:X4}");
        }
        return IsWellFormed(value) ? (value, null) : (null, "is not valid Unicode");
    }

    internal static string Require(string? text, string name)
    {
        var (value, problem) = Check(text);
        return value ?? throw new ArgumentException($"{name} {problem}.", nameof(text));
    }

    private static bool IsWellFormed(string value)
    {
        for (var i = 0; i < value.Length; i++)
        {
            if (!char.IsSurrogate(value[i]))
                continue;
            if (i + 1 >= value.Length || !char.IsSurrogatePair(value[i], value[i + 1]))
                return false;
            i++;
        }
        return true;
    }
}
