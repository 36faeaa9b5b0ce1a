namespace Recommendation.Import.Internals;

/// <summary>
/// The part of a file that is in memory: bytes are taken from its front and added to its end. It starts at 64 KiB and
/// grows to the limit only where something in the file does not fit. Memory from it is valid until the next search.
/// </summary>
internal sealed class ByteWindow : IDisposable
{
    private const int InitialSize = 64 * 1024;

    private readonly Source _source;
    private readonly int _limit;
    private byte[] _buffer;
    private int _start;
    private int _end;
    private bool _ended;
    private Exception? _failure;

    internal ByteWindow(Source source, int limit)
    {
        (_source, _limit) = (source, limit);
        _buffer = new byte[Math.Min(limit, InitialSize)];
        Fill();
        if (Available.Span.StartsWith("\uFEFF"u8))
            _start += 3;
    }

    internal Source Source => _source;

    internal ReadOnlyMemory<byte> Available => _buffer.AsMemory(_start, _end - _start);

    /// <summary>Whether a search stopped for want of room, not at the end of the file.</summary>
    internal bool IsFull => _end - _start == _limit;

    /// <summary>How much memory the window has taken so far, in bytes.</summary>
    internal int Size => _buffer.Length;

    /// <summary>The line of the file at the window's front, from 1.</summary>
    internal long Line { get; private set; } = 1;

    /// <summary>
    /// The index of a byte in <see cref="Available"/>, reading on as needed; -1 where it does not come.
    /// </summary>
    internal int IndexOf(byte value, int from)
    {
        while (true)
        {
            var available = Available.Span;
            var found = from < available.Length ? available[from..].IndexOf(value) : -1;
            if (found >= 0)
                return from + found;
            from = available.Length;
            if (!Fill())
                return -1;
        }
    }

    /// <summary>The byte at an index of <see cref="Available"/>, reading on as needed; -1 after the last one.</summary>
    internal int At(int index) => index < _end - _start || Fill() ? _buffer[_start + index] : -1;

    /// <summary>Drops bytes from the front that contain this many line ends.</summary>
    internal void Advance(int count, int lines)
    {
        _start += Math.Min(count, _end - _start);
        Line += lines;
    }

    /// <summary>Drops the line at the front, however long, without keeping it.</summary>
    internal void SkipLine()
    {
        int found;
        while ((found = Available.Span.IndexOf((byte)'\n')) < 0)
        {
            _start = _end;
            if (!Fill())
                break;
        }
        Advance(found + 1, 1);
    }

    /// <summary>At the end of what could be read: throws where that is not the end of the file.</summary>
    internal void EnsureComplete()
    {
        if (_failure is not null)
            throw InputException.WhenReading(_source.Name, Line, _failure);
    }

    public void Dispose() => _source.Dispose();

    private bool Fill()
    {
        if (_ended || IsFull)
            return false;
        var kept = _end - _start;
        var target = kept == _buffer.Length ? new byte[Math.Min(_limit, _buffer.Length * 2)] : _buffer;
        Buffer.BlockCopy(_buffer, _start, target, 0, kept);
        (_buffer, _start, _end) = (target, 0, kept);
        // To the brim, so that a long row is searched anew only when the buffer has doubled.
        while (_end < _buffer.Length && !_ended)
            ReadSome();
        return _end > kept;
    }

    private void ReadSome()
    {
        try
        {
            var count = _source.Read(_buffer.AsSpan(_end));
            _end += count;
            _ended = count == 0;
        }
        catch (Exception exception)
            when (exception is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            // What came before the failure is still good, so it is reported at the end of that.
            (_failure, _ended) = (exception, true);
        }
    }
}
