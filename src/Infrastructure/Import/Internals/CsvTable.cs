using Recommendation.Domain.Interactions;
using Recommendation.Import.Internals.Columns;

namespace Recommendation.Import.Internals;

/// <summary>CSV with a header: columns by name, and rows that have as many fields as the header.</summary>
internal sealed class CsvTable : IRowTable
{
    private readonly CsvReader _reader;
    private readonly List<string> _names = [];

    private readonly bool _isWide;
    private bool _isFirst;

    /// <param name="window">The file.</param>
    /// <param name="preset">Says what the columns are where the file has no header.</param>
    /// <exception cref="InputException">There is no header that can be read, or no rows of the preset.</exception>
    internal CsvTable(ByteWindow window, Preset? preset = null)
    {
        File = window.Source.Name;
        (var delimiter, _isWide) = DelimiterOf(window);
        _reader = new CsvReader(window, delimiter);
        if (!_reader.Next())
            throw new InputException($"'{File}' is empty; there is nothing to read.");
        if (_reader.Problem is { } problem)
            throw new InputException($"The first line of '{File}' is no CSV header: {problem.Message}");
        if (_reader.Count > CsvReader.MaximumColumns)
            throw new InputException(
                $"The header of '{File}' has {_reader.Count} columns; at most {CsvReader.MaximumColumns} are allowed."
            );
        for (var i = 0; i < Count; i++)
            _names.Add(Text(i)?.Trim() ?? "");
        if (preset is { Headerless.Length: > 0 } && !ColumnNames.IsHeader(_names, preset))
            UseNamesOf(preset);
    }

    /// <summary>What every row is, where the preset tells that from the columns.</summary>
    internal string? Type { get; private set; }

    public string File { get; }

    public IReadOnlyList<string> Names => _names;

    public long Line => _reader.Line;

    public int Index => 0;

    public ReadOnlyMemory<byte> Raw => _reader.Raw;

    /// <summary>Why the row can't be used.</summary>
    public Rejection? Problem { get; private set; }

    /// <summary>Whether rows that are not UTF-8 are taken for Latin-1; they are rejected otherwise.</summary>
    internal bool AllowLatin1 { get; set; }

    /// <returns>False at the end of the file.</returns>
    public bool Next()
    {
        if (!_isFirst && !_reader.Next())
            return false;
        _isFirst = false;
        Problem = _reader.Problem;
        if (Problem is null && Count != _names.Count)
            Problem = new Rejection(
                RejectionCode.Malformed,
                $"The row has {Fields(Count)}; the header has {_names.Count}."
            );
        else if (Problem is null && !_reader.IsUtf8 && !AllowLatin1)
            Problem = new Rejection(RejectionCode.Malformed, "The row is not UTF-8; save the file as UTF-8.");
        return true;
    }

    public string? Text(int column) => _reader.Text(_isWide ? column * 2 : column);

    // Of a::b::c the reader sees a, nothing, b, nothing, c.
    private int Count => _isWide ? (_reader.Count + 1) / 2 : _reader.Count;

    private static string Fields(int count) => count == 1 ? "1 field" : $"{count} fields";

    /// <summary>The first row is data: the columns are those of the preset.</summary>
    private void UseNamesOf(Preset preset)
    {
        var known =
            Array.Find(preset.Headerless, variant => variant.Names.Length == _names.Count && variant.Fits(_names))
            ?? throw new InputException(
                $"'{File}' has no header that is known and {Fields(_names.Count)} in its first row; a file of "
                    + $"{preset.Name} has "
                    + $"{string.Join(", or ", preset.Headerless.Select(variant => string.Join(", ", variant.Names)))}."
            );
        _names.Clear();
        _names.AddRange(known.Names);
        (Type, _isFirst) = (known.Type, true);
    }

    /// <returns>The byte between two fields, and whether it stands there twice.</returns>
    private static (byte Delimiter, bool IsWide) DelimiterOf(ByteWindow window)
    {
        var end = window.IndexOf((byte)'\n', 0);
        var header = end < 0 ? window.Available.Span : window.Available.Span[..end];
        var (best, most) = ((byte)',', header.Count((byte)','));
        foreach (var candidate in ";\t|"u8)
        {
            var count = header.Count(candidate);
            if (count > most)
                (best, most) = (candidate, count);
        }
        return most == 0 && header.Count("::"u8) > 0 ? ((byte)':', true) : (best, false);
    }
}
