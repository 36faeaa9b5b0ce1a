namespace Recommendation.Import.Internals;

/// <summary>The bytes of a file, unpacked where it is gzip.</summary>
internal sealed class Source : IDisposable
{
    private readonly TrackedStream _stream;
    private readonly GzipSource? _gzip;

    private Source(TrackedStream stream, string name, long? length)
    {
        (_stream, Name, Length) = (stream, name, length);
        var head = stream.Peek(6).Span;
        if (head.StartsWith((ReadOnlySpan<byte>)[0x1f, 0x8b]))
            _gzip = new GzipSource(stream);
        else if (OtherArchive(head) is { } kind)
            throw new InputException($"'{name}' is {kind} file; unpack it, or pack it with gzip.");
    }

    internal string Name { get; }

    /// <summary>Bytes of the file as it is stored; null where that is not known (a pipe).</summary>
    internal long? Length { get; }

    internal long BytesRead => _stream.BytesRead;

    internal static Source Open(string path)
    {
        if (Directory.Exists(path))
            throw new InputException($"'{path}' is a folder; name a file in it.");
        FileStream file;
        try
        {
            file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 0);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw InputException.WhenOpening(path, exception);
        }
        return Open(file, path);
    }

    internal static Source Open(Stream stream, string name)
    {
        var tracked = new TrackedStream(stream);
        try
        {
            return new Source(tracked, name, stream.CanSeek ? stream.Length : null);
        }
        catch (Exception exception)
        {
            tracked.Dispose();
            if (exception is IOException)
                throw InputException.WhenOpening(name, exception);
            throw;
        }
    }

    internal int Read(Span<byte> buffer) => _gzip is null ? _stream.Read(buffer) : _gzip.Read(buffer);

    public void Dispose()
    {
        _gzip?.Dispose();
        _stream.Dispose();
    }

    private static string? OtherArchive(ReadOnlySpan<byte> head)
    {
        if (head.StartsWith("PK\x03\x04"u8))
            return "a zip";
        if (head.StartsWith("BZh"u8))
            return "a bzip2";
        if (head.StartsWith((ReadOnlySpan<byte>)[0x28, 0xb5, 0x2f, 0xfd]))
            return "a zstd";
        return head.StartsWith((ReadOnlySpan<byte>)[0xfd, (byte)'7', (byte)'z', (byte)'X', (byte)'Z']) ? "an xz" : null;
    }
}
