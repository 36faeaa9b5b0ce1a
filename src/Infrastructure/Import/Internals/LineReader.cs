using Recommendation.Domain.Interactions;
using Recommendation.Import.Internals.Json;

namespace Recommendation.Import.Internals;

/// <summary>Reads a file line by line. Blank lines are passed over.</summary>
internal sealed class LineReader(ByteWindow window) : IRecordReader
{
    /// <summary>The line without its end, or its beginning where it is too long.</summary>
    public ReadOnlyMemory<byte> Bytes { get; private set; }

    /// <summary>Null where the line is whole.</summary>
    public Rejection? Problem { get; private set; }

    public long Line { get; private set; }

    public int Index => 0;

    // A line that is too long is dropped by the next call, for its beginning is still in the window.
    private bool _skip;

    /// <returns>False at the end of the file.</returns>
    /// <exception cref="InputException">The file breaks off.</exception>
    public bool Next()
    {
        if (_skip)
            window.SkipLine();
        _skip = false;
        while (true)
        {
            var end = window.IndexOf((byte)'\n', 0);
            Line = window.Line;
            var length = end < 0 ? window.Available.Length : end;
            if (length > 0 && window.Available.Span[length - 1] == '\r')
                length--;
            if (length > RowLimits.MaximumBytes)
                return TooLong();
            if (end < 0)
                window.EnsureComplete();
            var text = end < 0 ? window.Available : window.Available[..end];
            if (end < 0 && text.IsEmpty)
                return false;
            window.Advance(text.Length + 1, 1);
            Bytes = Trim(text);
            Problem = null;
            if (!Bytes.IsEmpty)
                return true;
        }
    }

    private bool TooLong()
    {
        (Bytes, Problem, _skip) = (RowLimits.Cap(window.Available), RowLimits.LineTooLong, true);
        return true;
    }

    private static ReadOnlyMemory<byte> Trim(ReadOnlyMemory<byte> line)
    {
        var span = line.Span;
        if (span.IsEmpty || (span[0] > ' ' && span[^1] > ' '))
            return line;
        return line.Trim(" \t\r"u8);
    }
}
