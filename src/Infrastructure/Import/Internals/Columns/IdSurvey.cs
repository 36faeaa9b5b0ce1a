namespace Recommendation.Import.Internals.Columns;

/// <summary>
/// Tells whether all ids of a column are whole numbers with <c>.0</c>: what a program writes that has read the column
/// as numbers with gaps.
/// </summary>
internal sealed class IdSurvey
{
    private long _whole;
    private bool _other;
    private string? _last;

    /// <summary>Whether more of the file could change the answer.</summary>
    internal bool IsUndecided => AreWhole;

    internal bool AreWhole => _whole > 0 && !_other;

    internal void Add(string? text)
    {
        if (text is null || ReferenceEquals(text, _last))
            return;
        _last = text;
        if (IsWhole(text))
            _whole++;
        else
            _other = true;
    }

    private static bool IsWhole(ReadOnlySpan<char> text)
    {
        text = text.Trim();
        return text.EndsWith(".0") && text.Length > 2 && text[..^2].IndexOfAnyExceptInRange('0', '9') < 0;
    }
}

/// <summary>Reads the ids of a column.</summary>
internal sealed class IdReader(bool areWhole)
{
    private string? _lastText;
    private string? _lastId;

    internal string? Read(string? text)
    {
        if (!areWhole || text is null)
            return text;
        if (!ReferenceEquals(text, _lastText))
            (_lastText, _lastId) = (
                text,
                text.Trim() is var id && id.EndsWith(".0", StringComparison.Ordinal) ? id[..^2] : id
            );
        return _lastId;
    }
}
