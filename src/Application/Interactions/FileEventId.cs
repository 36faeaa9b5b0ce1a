using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Recommendation.Domain.Interactions;

namespace Recommendation.Application.Interactions;

/// <summary>
/// Names the events of a file that have no id of their own, so that reading the file again adds nothing: by the file's
/// name, the content of the line, and its place. A file under another name is another file.
/// </summary>
public static class FileEventId
{
    /// <param name="fileName">The file's name without its folder; <c>.gz</c> or <c>.zip</c> is left off, so that
    /// packing changes nothing.</param>
    /// <param name="line">The line, from 1.</param>
    /// <param name="index">The event's place in the line, from 0.</param>
    /// <param name="content">The line's bytes, or the event's where the file is a table.</param>
    public static EventId Of(string fileName, long line, int index, ReadOnlySpan<byte> content)
    {
        ArgumentNullException.ThrowIfNull(fileName);
        return EventId.FromStored($"line:{Hash(fileName, content):x16}:{line}:{index}");
    }

    /// <summary>
    /// Where quarantine finds a line of a file: another content under the same name and line is another place.
    /// </summary>
    public static Position PositionOf(string fileName, long line, int index, ReadOnlySpan<byte> content)
    {
        ArgumentNullException.ThrowIfNull(fileName);
        var name = Unpacked(fileName);
        var shortName = name.Length > 60 ? name[..60] : name;
        return new Position(
            $"file:{Printable(shortName)}:{Hash(fileName, content):x16}",
            SequenceNumber.From(line),
            index
        );
    }

    private static ulong Hash(string fileName, ReadOnlySpan<byte> content)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes(Unpacked(fileName)));
        hash.AppendData([0]);
        hash.AppendData(content);
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        hash.GetHashAndReset(digest);
        return BinaryPrimitives.ReadUInt64BigEndian(digest);
    }

    private static string Unpacked(string fileName) =>
        fileName.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? fileName[..^3]
        : fileName.EndsWith(".zip", StringComparison.OrdinalIgnoreCase) ? fileName[..^4]
        : fileName;

    /// <summary>The name becomes part of an id, which holds no control characters.</summary>
    private static string Printable(string name) => string.Create(name.Length, name, static (characters, source) =>
    {
        for (var i = 0; i < characters.Length; i++)
            characters[i] = char.IsControl(source[i]) || char.IsSurrogate(source[i]) ? '_' : source[i];
    });
}
