using Recommendation.Domain.Interactions;

namespace Recommendation.Import.Internals.Json;

/// <summary>
/// Reads the elements of a JSON array, or JSON objects one after another, however they are spread over lines. An
/// element that is longer than a row may be is passed over; what is no JSON is told by whoever reads the element.
/// </summary>
internal sealed class ElementReader(ByteWindow window) : IRecordReader
{
    private bool _inArray;
    private bool _discard;
    private Scan _scan;

    public ReadOnlyMemory<byte> Bytes { get; private set; }

    public Rejection? Problem { get; private set; }

    public long Line { get; private set; }

    public int Index { get; private set; } = -1;

    public bool Next()
    {
        if (_discard)
            Discard();
        if (!SkipSeparators())
            return false;
        Index = Line == window.Line ? Index + 1 : 0;
        (Line, Problem, _scan) = (window.Line, null, default);
        var length = Length();
        if (length > RowLimits.MaximumBytes || (length < 0 && window.IsFull))
        {
            (Bytes, Problem, _discard) = (RowLimits.Cap(window.Available), RowLimits.LineTooLong, true);
            return true;
        }
        if (length < 0)
            window.EnsureComplete();
        Bytes = length < 0 ? window.Available : window.Available[..length];
        window.Advance(Bytes.Length, Bytes.Span.Count((byte)'\n'));
        return true;
    }

    private bool SkipSeparators()
    {
        for (var next = window.At(0); ; next = window.At(0))
        {
            if (next < 0)
            {
                window.EnsureComplete();
                return false;
            }
            if (next is not (' ' or '\t' or '\r' or '\n' or ',' or ']') && (next != '[' || _inArray))
                return true;
            _inArray = next == '[' || (_inArray && next != ']');
            window.Advance(1, next == '\n' ? 1 : 0);
        }
    }

    /// <summary>How long the element at the front is; -1 where its end is not in the window.</summary>
    private int Length()
    {
        for (var at = 0; ; at++)
        {
            var next = window.At(at);
            if (next < 0)
                return -1;
            if (_scan.EndsBefore((byte)next))
                return at;
            if (_scan.EndsWith((byte)next))
                return at + 1;
        }
    }

    /// <summary>Drops the rest of an element that is too long, without keeping it.</summary>
    private void Discard()
    {
        _scan = default;
        _discard = false;
        while (true)
        {
            var span = window.Available.Span;
            for (var at = 0; at < span.Length; at++)
            {
                if (!_scan.EndsBefore(span[at]) && !_scan.EndsWith(span[at]))
                    continue;
                window.Advance(at + 1, span[..(at + 1)].Count((byte)'\n'));
                return;
            }
            window.Advance(span.Length, span.Count((byte)'\n'));
            if (window.At(0) < 0)
                return;
        }
    }

    /// <summary>How deep in objects, arrays and strings the bytes so far lead.</summary>
    private struct Scan
    {
        private int _depth;
        private bool _inString;
        private bool _escaped;
        private bool _isScalar;

        /// <summary>Whether the byte follows an element that is neither an object nor an array.</summary>
        internal readonly bool EndsBefore(byte next) =>
            _isScalar && _depth == 0 && !_inString && (next is (byte)',' or (byte)']' or (byte)'\n');

        /// <summary>Whether the byte is the element's last.</summary>
        internal bool EndsWith(byte next)
        {
            if (_inString)
            {
                _inString = _escaped || next != '"';
                _escaped = !_escaped && next == '\\';
                return false;
            }
            switch (next)
            {
                case (byte)'"':
                    _inString = true;
                    _isScalar |= _depth == 0;
                    return false;
                case (byte)'{' or (byte)'[':
                    _depth++;
                    return false;
                case (byte)'}' or (byte)']':
                    return --_depth <= 0;
                default:
                    _isScalar |= _depth == 0;
                    return false;
            }
        }
    }
}
