using System.Buffers;
using System.Globalization;
using System.IO.Compression;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using Recommendation.Application.Ports;
using Recommendation.Domain.Interactions;

namespace Recommendation.Aws.Archive;

/// <summary>An object of the archive: lines, compressed with gzip.</summary>
internal static class ArchiveObject
{
    internal const string Prefix = "archive/";

    /// <summary>The day's prefix, as the delivery of the deployed stack writes it: <c>archive/yyyy/MM/dd/</c>.</summary>
    internal static string PrefixOf(DateOnly day) => string.Create(CultureInfo.InvariantCulture, $"{Prefix}{day:yyyy'/'MM'/'dd}/");

    /// <summary>The same records give the same key, so that archiving a batch again replaces it.</summary>
    internal static string KeyOf(IReadOnlyList<Interaction> interactions)
    {
        var (first, last) = (interactions[0].Position, interactions[^1].Position);
        var day = DateOnly.FromDateTime(interactions[0].ArrivedAt.UtcDateTime);
        return $"{PrefixOf(day)}{first.Partition}/{first.Sequence.Value.PadLeft(SequenceNumber.MaximumDigits / 2, '0')}-{first.Index}-{last.Sequence}-{last.Index}.jsonl.gz";
    }

    /// <summary>The day of a key; null where the key is of another form.</summary>
    internal static DateOnly? DayOf(string key) =>
        key.Length > Prefix.Length + 10
        && DateOnly.TryParseExact(key.AsSpan(Prefix.Length, 10), "yyyy'/'MM'/'dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    internal static byte[] Encode(IEnumerable<Interaction> interactions)
    {
        var lines = new ArrayBufferWriter<byte>();
        foreach (var interaction in interactions)
            ArchiveLine.Write(lines, interaction);
        using var compressed = new MemoryStream();
        using (var gzip = new GZipStream(compressed, CompressionLevel.Fastest, leaveOpen: true))
            gzip.Write(lines.WrittenSpan);
        return compressed.ToArray();
    }

    /// <summary>Reads the lines one after the other; nothing is held but the one being read.</summary>
    internal static async IAsyncEnumerable<Interaction> DecodeAsync(
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
                    yield return ArchiveLine.Read(line.ToArray(), key);
            }
            reader.AdvanceTo(buffer.Start, buffer.End);
        }
    }

    private static async Task<(ReadOnlySequence<byte> Buffer, bool IsCompleted)> ReadAsync(PipeReader reader, string key, CancellationToken cancellationToken)
    {
        try
        {
            var read = await reader.ReadAsync(cancellationToken);
            return (read.Buffer, read.IsCompleted);
        }
        catch (InvalidDataException problem)
        {
            throw new StoredFormatException($"Object '{key}' is not compressed with gzip: {problem.Message}", problem);
        }
    }

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
