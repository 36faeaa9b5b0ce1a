using System.Text;
using System.Text.Unicode;
using Recommendation.Domain.Interactions;

namespace Recommendation.Import.Internals;

/// <summary>
/// Reads CSV (RFC 4180; any delimiter, LF or CRLF) from a window of bytes. A quoted field may hold line ends, and a row
/// may be as long as a window allows. A row whose quotes are wrong is rejected by its first line, and reading goes on
/// with the next line: a stray quote costs one line, not the file. That is why this is not CsvHelper, which the tests
/// compare it with: measured with 34.0.0, an open quote takes all rows after it, and a record above its MaxRecordSize
/// ends the reading.
/// </summary>
internal sealed class CsvReader(ByteWindow window, byte delimiter)
{
    internal const int MaximumColumns = 1024;

    private const string TextAfterQuote =
        "Text follows a closing quote; a quote within a quoted field is written twice.";

    private readonly CsvField[] _fields = new CsvField[MaximumColumns];
    private readonly CsvText[] _texts = new CsvText[MaximumColumns];
    private bool _skip;

    /// <summary>
    /// The row as it came, without its line end; its first line, at most 64 KiB of it, where there is a problem.
    /// </summary>
    internal ReadOnlyMemory<byte> Raw { get; private set; }

    internal Rejection? Problem { get; private set; }

    /// <summary>The line at which the row begins, from 1.</summary>
    internal long Line { get; private set; }

    /// <summary>How many fields the row has.</summary>
    internal int Count { get; private set; }

    /// <summary>Whether the row is valid UTF-8; its fields are taken for Latin-1 where it is not.</summary>
    internal bool IsUtf8 { get; private set; }

    /// <returns>False at the end of the file.</returns>
    /// <exception cref="InputException">The file breaks off.</exception>
    internal bool Next()
    {
        if (_skip)
            window.SkipLine();
        _skip = false;
        while (true)
        {
            Line = window.Line;
            var end = window.IndexOf((byte)'\n', 0);
            if (end > RowLimits.MaximumBytes || (end < 0 && window.IsFull))
                return Reject(RowLimits.LineTooLong);
            if (end < 0)
                window.EnsureComplete();
            if (end < 0 && window.Available.IsEmpty)
                return false;
            var line = WithoutReturn(window.Available[..(end < 0 ? window.Available.Length : end)]);
            if (line.Span.Trim(" \t"u8).IsEmpty)
                window.Advance(end < 0 ? window.Available.Length : end + 1, 1);
            else
                return line.Span.Contains((byte)'"') ? Quoted() : Plain(line, end);
        }
    }

    /// <summary>A field as text; null where it is blank or the row has no such column.</summary>
    internal string? Text(int column)
    {
        if (column < 0 || column >= Count || column >= MaximumColumns)
            return null;
        var field = _fields[column];
        return _texts[column]
            .Of(Raw.Span.Slice(field.Start, field.Length), field.HasQuotes, IsUtf8 ? Encoding.UTF8 : Encoding.Latin1);
    }

    private bool Plain(ReadOnlyMemory<byte> line, int end)
    {
        var span = line.Span;
        Count = 0;
        for (var start = 0; ;)
        {
            var length = span[start..].IndexOf(delimiter);
            Add(start, length < 0 ? span.Length - start : length, hasQuotes: false);
            if (length < 0)
                break;
            start += length + 1;
        }
        window.Advance(end < 0 ? window.Available.Length : end + 1, 1);
        return Accept(line);
    }

    private bool Quoted()
    {
        Count = 0;
        for (var at = 0; ;)
        {
            var after = window.At(at) == '"' ? QuotedField(at) : PlainField(at);
            if (after < 0)
                return Reject(Problem!);
            if (window.At(after) != delimiter)
                return AcceptQuoted(after);
            at = after + 1;
        }
    }

    private int QuotedField(int start)
    {
        var hasQuotes = false;
        var close = window.IndexOf((byte)'"', start + 1);
        while (close >= 0 && window.At(close + 1) == '"')
        {
            hasQuotes = true;
            close = window.IndexOf((byte)'"', close + 2);
        }
        if (close < 0)
        {
            if (!window.IsFull)
                window.EnsureComplete();
            return Fail(window.IsFull ? "A quote is not closed within 1 MiB." : "A quote is never closed.");
        }
        var next = window.At(close + 1);
        if (next != delimiter && next is not ('\n' or '\r' or -1))
            return Fail(TextAfterQuote);
        Add(start + 1, close - start - 1, hasQuotes);
        return close + 1;
    }

    private int PlainField(int start)
    {
        var at = start;
        for (var next = window.At(at); next != delimiter && next is not ('\n' or -1); next = window.At(at))
            at++;
        Add(
            start,
            at - start - (at > start && window.At(at) != delimiter && window.At(at - 1) == '\r' ? 1 : 0),
            hasQuotes: false
        );
        return at;
    }

    private bool AcceptQuoted(int after)
    {
        var end = window.At(after) == '\r' ? after + 1 : after;
        if (end > RowLimits.MaximumBytes)
            return Reject(RowLimits.LineTooLong);
        if (window.At(end) is not ('\n' or -1))
            return Reject(Malformed(TextAfterQuote));
        if (window.At(end) < 0)
            window.EnsureComplete();
        var row = window.Available[..after];
        window.Advance(end + 1, row.Span.Count((byte)'\n') + 1);
        return Accept(WithoutReturn(row));
    }

    private bool Accept(ReadOnlyMemory<byte> row)
    {
        (Raw, Problem, IsUtf8) = (row, null, Utf8.IsValid(row.Span));
        return true;
    }

    private bool Reject(Rejection problem)
    {
        var line = window.Available;
        var end = line.Span.IndexOf((byte)'\n');
        (Raw, Problem, Count, _skip) = (RowLimits.Cap(WithoutReturn(end < 0 ? line : line[..end])), problem, 0, true);
        return true;
    }

    private int Fail(string message)
    {
        Problem = Malformed(message);
        return -1;
    }

    private void Add(int start, int length, bool hasQuotes)
    {
        if (Count < MaximumColumns)
            _fields[Count] = new CsvField(start, length, hasQuotes);
        Count++;
    }

    private static Rejection Malformed(string message) => new(RejectionCode.Malformed, message);

    private static ReadOnlyMemory<byte> WithoutReturn(ReadOnlyMemory<byte> line) =>
        !line.IsEmpty && line.Span[^1] == '\r' ? line[..^1] : line;
}
