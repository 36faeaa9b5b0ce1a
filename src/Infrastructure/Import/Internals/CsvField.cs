using System.Text;

namespace Recommendation.Import.Internals;

/// <summary>Where a field is in its row, without the quotes around it.</summary>
internal readonly record struct CsvField(int Start, int Length, bool HasQuotes);

/// <summary>
/// The last text of a column: values repeat from row to row, and a comparison is cheaper than a string.
/// </summary>
internal struct CsvText
{
    private const int MaximumKept = 64;

    private byte[]? _bytes;
    private int _length;
    private Encoding? _encoding;
    private string? _text;

    internal string? Of(ReadOnlySpan<byte> field, bool hasQuotes, Encoding encoding)
    {
        if (
            !hasQuotes
            && _bytes is not null
            && ReferenceEquals(_encoding, encoding)
            && field.SequenceEqual(_bytes.AsSpan(0, _length))
        )
            return _text;
        if (field.IsEmpty)
            return null;
        var text = encoding.GetString(field);
        if (hasQuotes)
            text = text.Replace("\"\"", "\"", StringComparison.Ordinal);
        if (string.IsNullOrWhiteSpace(text))
            text = null;
        if (!hasQuotes && field.Length <= MaximumKept)
            Keep(field, encoding, text);
        return text;
    }

    private void Keep(ReadOnlySpan<byte> field, Encoding encoding, string? text)
    {
        _bytes ??= new byte[MaximumKept];
        field.CopyTo(_bytes);
        (_length, _encoding, _text) = (field.Length, encoding, text);
    }
}
