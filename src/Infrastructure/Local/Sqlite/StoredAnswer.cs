using System.IO.Compression;

namespace Recommendation.Local.Sqlite;

/// <summary>
/// How the answer of a request is stored: packed if it is long. An answer to 500 events has 57 KB, which is as much as
/// the events, and a twentieth of that packed. Answers are JSON, which never begins as gzip does, so those of earlier
/// versions are read as well.
/// </summary>
internal static class StoredAnswer
{
    private const int Short = 1_024;

    internal static ReadOnlySpan<byte> Pack(ReadOnlySpan<byte> body)
    {
        if (body.Length <= Short)
            return body;
        using var packed = new MemoryStream(body.Length / 8);
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
            gzip.Write(body);
        return packed.GetBuffer().AsSpan(0, (int)packed.Length);
    }

    internal static byte[] Unpack(ReadOnlySpan<byte> stored)
    {
        if (stored is not [0x1f, 0x8b, ..])
            return stored.ToArray();
        using var packed = new MemoryStream(stored.ToArray());
        using var gzip = new GZipStream(packed, CompressionMode.Decompress);
        using var body = new MemoryStream(stored.Length * 8);
        gzip.CopyTo(body);
        return body.ToArray();
    }
}
