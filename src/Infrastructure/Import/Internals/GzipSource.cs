using System.IO.Compression;

namespace Recommendation.Import.Internals;

/// <summary>
/// Unpacks gzip and notices where it is cut short or followed by other bytes. <see cref="GZipStream"/> ends silently
/// in both cases (measured on .NET 10; the strict mode is a switch of the whole process). So once it has ended it is
/// given one more gzip member, a seal: only a stream that ended properly unpacks exactly that.
/// </summary>
internal sealed class GzipSource(TrackedStream packed) : IDisposable
{
    private static readonly byte[] s_seal = "end of the file, and of all gzip members in it"u8.ToArray();

    private readonly GZipStream _gzip = new(packed, CompressionMode.Decompress);

    /// <returns>0 at the proper end.</returns>
    /// <exception cref="InvalidDataException">The data are damaged, end too early, or have
    /// other bytes after them.</exception>
    internal int Read(Span<byte> buffer)
    {
        var count = _gzip.Read(buffer);
        if (count == 0)
            CheckSeal();
        return count;
    }

    public void Dispose() => _gzip.Dispose();

    private void CheckSeal()
    {
        packed.Append(Pack(s_seal));
        var rest = new byte[s_seal.Length + 1];
        var count = _gzip.ReadAtLeast(rest, rest.Length, throwOnEndOfStream: false);
        if (!rest.AsSpan(0, count).SequenceEqual(s_seal))
            throw new InvalidDataException("The gzip data are cut short, or other bytes follow them.");
    }

    private static byte[] Pack(byte[] bytes)
    {
        using var result = new MemoryStream();
        using (var gzip = new GZipStream(result, CompressionLevel.Fastest))
            gzip.Write(bytes);
        return result.ToArray();
    }
}
