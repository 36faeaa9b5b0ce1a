using System.Security.Cryptography;
using Recommendation.Application.Ports;

namespace Recommendation.Modeling.Histories;

/// <summary>
/// The layout of a history file: the events of all users, grouped by user. A header of 16 bytes ("RECHIST", the
/// version, zeros), then sections: item ids, types, blocks of users, an end with the totals. A section is its kind
/// (1 byte), its number, its unpacked and its packed length (4 bytes each, little-endian), the packed bytes (Brotli),
/// and a SHA-256 of the file's header and of everything in the section before it.
/// </summary>
internal static class HistoryFormat
{
    public const byte Version = 1;
    public const int HeaderLength = 16;
    public const int SectionHeaderLength = 13;

    /// <summary>The most that a section may unpack to. It is checked before memory is allocated.</summary>
    public const int MaximumRaw = 64 << 20;

    /// <summary>The most events of a block. A user with more is continued in the next one.</summary>
    public const int BlockEvents = 1 << 17;

    public const int ItemsOfSection = 1 << 15;
    public const int MaximumIdBytes = 256;
    public const int MaximumItems = 100_000_000;
    public const int MaximumTypes = ushort.MaxValue;

    private static ReadOnlySpan<byte> Magic => "RECHIST"u8;

    public static byte[] Header()
    {
        var header = new byte[HeaderLength];
        Magic.CopyTo(header);
        header[Magic.Length] = Version;
        return header;
    }

    /// <exception cref="InvalidDataException">It is not the header of a history file of this version.</exception>
    public static void CheckHeader(ReadOnlySpan<byte> header)
    {
        if (!header.StartsWith(Magic))
            throw new InvalidDataException("it does not begin as a history file does");
        if (header[Magic.Length] != Version)
            throw new InvalidDataException(
                $"it has format {header[Magic.Length]}, and this version of the program reads format {Version}");
        if (header[(Magic.Length + 1)..].ContainsAnyExcept((byte)0))
            throw new InvalidDataException("its header is damaged");
    }

    /// <summary>What ends a section.</summary>
    public static byte[] Checksum(ReadOnlySpan<byte> sectionHeader, ReadOnlySpan<byte> packed)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Header());
        hash.AppendData(sectionHeader);
        hash.AppendData(packed);
        return hash.GetHashAndReset();
    }

    public static StoredFormatException Unreadable(string name, Exception problem) =>
        new(
            $"The history file '{name}' can't be read: "
                + (problem is EndOfStreamException ? "it ends too early" : problem.Message)
                + ". Write it again with `recommend histories write`.",
            problem
        );
}

/// <summary>The kinds of sections, in the order in which they occur.</summary>
internal enum SectionKind : byte
{
    Items = (byte)'I',
    Types = (byte)'T',
    Users = (byte)'U',
    End = (byte)'E',
}
