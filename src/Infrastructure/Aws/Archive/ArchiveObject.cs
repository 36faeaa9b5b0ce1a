using System.Buffers;
using System.IO.Compression;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using Recommendation.Application.Ports;
using Recommendation.Domain.Interactions;

namespace Recommendation.Aws.Archive;

/// <summary>An object of the archive: lines, compressed with gzip.</summary>
internal static class ArchiveObject
{
    /// <summary>The same records give the same key, so that archiving a batch again replaces it.</summary>
    internal static string KeyOf(IReadOnlyList<Interaction> interactions)
    {
        var (first, last) = (interactions[0].Position, interactions[^1].Position);
        var day = DateOnly.FromDateTime(interactions[0].ArrivedAt.UtcDateTime);
        var from = first.Sequence.Value.PadLeft(SequenceNumber.MaximumDigits / 2, '0');
        return $"{ArchiveKey.PrefixOf(day)}{first.Partition}/"
            + $"{from}-{first.Index}-{last.Sequence}-{last.Index}.jsonl.gz";
    }

    internal static byte[] Encode(IEnumerable<Interaction> interactions)
    {
        var lines = new ArrayBufferWriter<byte>();
        foreach (var interaction in interactions)
            ArchiveLine.Write(lines, interaction);
        return Compress(lines.WrittenSpan);
    }

    /// <summary>What several calls give may be put one after the other.</summary>
    internal static byte[] Compress(ReadOnlySpan<byte> lines)
    {
        using var compressed = new MemoryStream();
        using (var gzip = new GZipStream(compressed, CompressionLevel.Fastest, leaveOpen: true))
            gzip.Write(lines);
        return compressed.ToArray();
    }

    /// <summary>Reads the events one after the other; nothing is held but the one being read.</summary>
    /// <exception cref="StoredFormatException">The object is not compressed with gzip, or a line
    /// is no archived event.</exception>
    internal static IAsyncEnumerable<Interaction> DecodeAsync(
        Stream body,
        string key,
        CancellationToken cancellationToken
    ) => LinesAsync(body, key, cancellationToken).Select(line => ArchiveLine.Read(line, key));

    /// <summary>Ends well if an object can be unpacked to its end, which is that of a line.</summary>
    /// <exception cref="StoredFormatException">It can't.</exception>
    internal static async Task CheckAsync(byte[] body, string key, CancellationToken cancellationToken)
    {
        await using var gzip = new GZipStream(new MemoryStream(body, writable: false), CompressionMode.Decompress);
        var (buffer, last) = (new byte[1 << 16], (byte)'\n');
        try
        {
            while (await gzip.ReadAsync(buffer, cancellationToken) is > 0 and var length)
                last = buffer[length - 1];
        }
        catch (InvalidDataException problem)
        {
            throw NotCompressed(key, problem);
        }
        if (last != '\n')
            throw new StoredFormatException($"Object '{key}' ends in the middle of a line.");
    }

    /// <summary>Reads the lines as they are, without their ends.</summary>
    internal static async IAsyncEnumerable<byte[]> LinesAsync(
        Stream body, string key, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var gzip = new GZipStream(body, CompressionMode.Decompress);
        var reader = PipeReader.Create(gzip);
        for (var isEnd = false; !isEnd;)
        {
            var (buffer, completed) = await ReadAsync(reader, key, cancellationToken);
            isEnd = completed;
            while (NextLine(ref buffer, isEnd) is { } line)
            {
                if (!line.IsEmpty)
                    yield return line.ToArray();
            }
            reader.AdvanceTo(buffer.Start, buffer.End);
        }
    }

    private static async Task<(ReadOnlySequence<byte> Buffer, bool IsCompleted)> ReadAsync(
        PipeReader reader,
        string key,
        CancellationToken cancellationToken
    )
    {
        try
        {
            var read = await reader.ReadAsync(cancellationToken);
            return (read.Buffer, read.IsCompleted);
        }
        catch (InvalidDataException problem)
        {
            throw NotCompressed(key, problem);
        }
    }

    private static StoredFormatException NotCompressed(string key, InvalidDataException problem) =>
        new($"Object '{key}' is not compressed with gzip: {problem.Message}", problem);

    private static ReadOnlySequence<byte>? NextLine(ref ReadOnlySequence<byte> buffer, bool isEnd)
    {
        if (buffer.PositionOf((byte)'\n') is { } end)
        {
            var line = buffer.Slice(0, end);
            buffer = buffer.Slice(buffer.GetPosition(1, end));
            return line;
        }
        if (!isEnd || buffer.IsEmpty)
            return null;
        var last = buffer;
        buffer = buffer.Slice(buffer.End);
        return last;
    }
}
