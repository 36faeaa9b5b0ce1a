namespace Recommendation.Import.Internals;

/// <summary>
/// Tells from the first bytes of a file whether it is JSON Lines, and refuses what can't be any table or JSON.
/// </summary>
internal static class ContentProbe
{
    private const int Looked = 4096;

    /// <summary>Whether it is Parquet: the signature, and a byte of no text after it.</summary>
    /// <exception cref="InputException">It is encrypted.</exception>
    internal static bool IsParquet(ByteWindow window)
    {
        var head = window.Available.Span;
        if (head.Length < 5 || head[4] >= ' ')
            return false;
        if (head.StartsWith("PARE"u8))
            throw new InputException(
                $"'{window.Source.Name}' is an encrypted Parquet file; write it without encryption."
            );
        return head.StartsWith("PAR1"u8);
    }

    /// <returns>True for JSON, false for what may be CSV.</returns>
    /// <exception cref="InputException">It is neither.</exception>
    internal static bool IsJson(ByteWindow window)
    {
        var name = window.Source.Name;
        var head = window.Available.Span;
        head = head[..Math.Min(head.Length, Looked)];
        if (head.StartsWith((ReadOnlySpan<byte>)[0xff, 0xfe]) || head.StartsWith((ReadOnlySpan<byte>)[0xfe, 0xff]))
            throw new InputException($"'{name}' is UTF-16 text; save it as UTF-8.");
        var text = head.TrimStart(" \t\r\n"u8);
        if (text.IsEmpty && head.Length < Looked)
            ThrowEmpty(window);
        if (text.IsEmpty || text[0] is not ((byte)'{' or (byte)'['))
        {
            RefuseBinary(name, text);
            return false;
        }
        return true;
    }

    private static void ThrowEmpty(ByteWindow window)
    {
        window.EnsureComplete();
        throw new InputException($"'{window.Source.Name}' is empty; there is nothing to read.");
    }

    // Only the first line: a stray control character further on costs its row, not the file.
    private static void RefuseBinary(string name, ReadOnlySpan<byte> text)
    {
        var end = text.IndexOf((byte)'\n');
        foreach (var value in end < 0 ? text : text[..end])
        {
            if (value < ' ' && value is not ((byte)'\t' or (byte)'\r'))
                throw new InputException(
                    $"'{name}' is a binary file; JSON Lines, CSV or Parquet is needed (gzip is fine)."
                );
        }
    }

    /// <summary>Whether JSON is spread over lines, or an array that may be longer than a line can be.</summary>
    internal static bool IsSpreadJson(ByteWindow window)
    {
        var end = window.IndexOf((byte)'\n', LeadingBlanks(window));
        var first = (end < 0 ? window.Available.Span : window.Available.Span[..end]).Trim(" \t\r\n"u8);
        if (first.IsEmpty)
            return false;
        // A line that is a whole array is a line of events, and an object that is cut costs its line and not the file.
        return first[0] == '[' ? first[^1] != ']' : first.SequenceEqual("{"u8);
    }

    /// <summary>Whether JSON begins with an array.</summary>
    internal static bool IsArray(ByteWindow window) => window.At(LeadingBlanks(window)) == '[';

    private static int LeadingBlanks(ByteWindow window)
    {
        var at = 0;
        while (window.At(at) is ' ' or '\t' or '\r' or '\n')
            at++;
        return at;
    }
}
