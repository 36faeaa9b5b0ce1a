using Recommendation.Import.Internals.Columns;

namespace Recommendation.Import.Internals;

/// <summary>The bytes of a file, unpacked where it is gzip or a zip archive with one file.</summary>
internal sealed class Source : IDisposable
{
    private const int SignatureBytes = 6;

    private static readonly byte[] s_zip = [(byte)'P', (byte)'K', 3, 4];

    private readonly TrackedStream _stream;
    private readonly GzipSource? _gzip;

    private readonly Func<Stream>? _again;
    private readonly ReadOnlyMemory<byte> _head;
    private bool _isZip;

    private Source(TrackedStream stream, string name, long? length, Func<Stream>? again)
    {
        (_stream, Name, Length, _again) = (stream, name, length, again);
        // A pipe can't be read twice: what the survey looks at is kept.
        _head = stream.Peek(again is null ? ColumnSurvey.HeadBytes : SignatureBytes);
        var head = _head.Span[..Math.Min(SignatureBytes, _head.Length)];
        if (head.StartsWith((ReadOnlySpan<byte>)[0x1f, 0x8b]))
            _gzip = new GzipSource(stream);
        else if (OtherArchive(head) is { } kind)
            throw new InputException($"'{name}' is {kind} file; unpack it, or pack it with gzip.");
    }

    internal string Name { get; }

    /// <summary>Bytes of the file as it is stored; null where that is not known (a pipe).</summary>
    internal long? Length { get; }

    internal long BytesRead => _stream.BytesRead;

    /// <summary>Bytes read so far, after unpacking.</summary>
    internal long UnpackedBytes { get; private set; }

    /// <summary>Whether this is only the beginning of the file.</summary>
    internal bool IsHead { get; private init; }

    internal static Source Open(string path)
    {
        if (Directory.Exists(path))
            throw new InputException($"'{path}' is a folder; name a file in it.");
        var file = OpenStream(path);
        return Open(file, path, file.CanSeek ? () => OpenStream(path) : null);
    }

    internal static Source Open(Stream stream, string name)
    {
        var start = stream.CanSeek ? stream.Position : 0;
        return Open(stream, name, stream.CanSeek ? () => new BorrowedStream(stream, start) : null);
    }

    /// <summary>The same file once more, from its beginning; only its beginning where the file is a pipe.</summary>
    internal Source Again() =>
        _again is null
            ? new Source(
                new TrackedStream(new MemoryStream(WholeLines(_head).ToArray())),
                Name,
                null,
                () => Stream.Null
            )
            {
                IsHead = true,
            }
            : Open(_again(), Name, _again);

    /// <summary>The file from its beginning, to be read in any order.</summary>
    /// <exception cref="InputException">It is a pipe, or packed.</exception>
    internal Stream Seekable()
    {
        if (_again is null)
            throw new InputException(
                $"'{Name}' is a Parquet file that comes through a pipe; save it, and name the file."
            );
        if (_gzip is not null || _isZip)
            throw new InputException($"'{Name}' is a packed Parquet file; unpack it (Parquet is packed already).");
        return _again();
    }

    // Half a line at the cut would be another value. Of packed data the reader itself stops before it.
    private ReadOnlyMemory<byte> WholeLines(ReadOnlyMemory<byte> head) =>
        _gzip is null && head.Length == ColumnSurvey.HeadBytes ? head[..(head.Span.LastIndexOf((byte)'\n') + 1)] : head;

    private static FileStream OpenStream(string path)
    {
        try
        {
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 0);
        }
        catch (Exception exception)
            when (exception is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw InputException.WhenOpening(path, exception);
        }
    }

    private static Source Open(Stream stream, string name, Func<Stream>? again)
    {
        Stream? content = null;
        try
        {
            var isZip = again is not null && IsZip(stream);
            content = isZip ? ZipEntrySource.Open(stream, name) : stream;
            return new Source(new TrackedStream(content), name, again is not null ? content.Length : null, again)
            {
                _isZip = isZip,
            };
        }
        catch (Exception exception)
        {
            (content ?? stream).Dispose();
            if (exception is IOException)
                throw InputException.WhenOpening(name, exception);
            throw;
        }
    }

    private static bool IsZip(Stream stream)
    {
        var start = stream.Position;
        Span<byte> head = stackalloc byte[4];
        var count = stream.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
        stream.Position = start;
        return head[..count].SequenceEqual(s_zip);
    }

    /// <returns>The bytes read; 0 at the end.</returns>
    internal int Read(Span<byte> buffer)
    {
        var count = _gzip is null ? _stream.Read(buffer) : _gzip.Read(buffer);
        UnpackedBytes += count;
        return count;
    }

    public void Dispose()
    {
        _gzip?.Dispose();
        _stream.Dispose();
    }

    private static string? OtherArchive(ReadOnlySpan<byte> head)
    {
        if (head.StartsWith(s_zip))
            return "a zip"; // Only where it is a pipe: the list of files is at an archive's end.
        if (head.StartsWith("BZh"u8))
            return "a bzip2";
        if (head.StartsWith((ReadOnlySpan<byte>)[0x28, 0xb5, 0x2f, 0xfd]))
            return "a zstd";
        return head.StartsWith((ReadOnlySpan<byte>)[0xfd, (byte)'7', (byte)'z', (byte)'X', (byte)'Z']) ? "an xz" : null;
    }
}
