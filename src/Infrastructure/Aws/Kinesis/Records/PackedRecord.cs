using System.IO.Compression;
using System.Runtime.InteropServices;
using Recommendation.Domain.Interactions;

namespace Recommendation.Aws.Kinesis.Records;

/// <summary>A record that its producer packed with gzip.</summary>
internal static class PackedRecord
{
    /// <summary>What a record may unpack to, in bytes: some kilobytes of gzip can hold gigabytes.</summary>
    internal const int MaximumBytes = 8 * 1024 * 1024;

    private static readonly Rejection s_tooLarge = new(RejectionCode.TooLarge, $"The record unpacks to more than {MaximumBytes} bytes.");

    internal static bool IsOne(ReadOnlySpan<byte> data) => data.StartsWith((ReadOnlySpan<byte>)[0x1F, 0x8B]);

    internal static (ReadOnlyMemory<byte> Data, Rejection? Problem) Unpack(ReadOnlyMemory<byte> packed)
    {
        try
        {
            using var input = MemoryMarshal.TryGetArray(packed, out var array)
                ? new MemoryStream(array.Array!, array.Offset, array.Count, writable: false)
                : new MemoryStream(packed.ToArray(), writable: false);
            using var gzip = new GZipStream(input, CompressionMode.Decompress);
            var buffer = new byte[Math.Min(MaximumBytes + 1, Math.Max(1024, packed.Length * 4))];
            var length = 0;
            for (int read; (read = gzip.Read(buffer, length, buffer.Length - length)) > 0;)
            {
                length += read;
                if (length > MaximumBytes)
                    return (default, s_tooLarge);
                if (length == buffer.Length)
                    Array.Resize(ref buffer, Math.Min(MaximumBytes + 1, buffer.Length * 2));
            }
            return (buffer.AsMemory(0, length), null);
        }
        catch (InvalidDataException problem)
        {
            return (default, new Rejection(RejectionCode.Malformed, $"The record begins like gzip but is not valid gzip: {problem.Message}"));
        }
    }
}
