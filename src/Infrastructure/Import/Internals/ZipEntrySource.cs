using System.IO.Compression;

namespace Recommendation.Import.Internals;

/// <summary>
/// The one file in a zip archive, unpacked. Its length and checksum are compared at its end, since
/// <see cref="ZipArchive"/> gives what can be unpacked of damaged data without a word (measured on .NET 10).
/// </summary>
internal sealed class ZipEntrySource : ForwardStream
{
    /// <summary>How the message of damaged data begins.</summary>
    internal const string Kind = "The zip data";

    private static readonly uint[] s_table = Table();

    private readonly ZipArchive _archive;
    private readonly ZipArchiveEntry _entry;
    private readonly Stream _content;
    private long _read;
    private uint _checksum = uint.MaxValue;

    private ZipEntrySource(ZipArchive archive, ZipArchiveEntry entry) =>
        (_archive, _entry, _content) = (archive, entry, entry.Open());

    public override long Length => _entry.Length;

    public override long Position { get => _read; set => throw new NotSupportedException(); }

    /// <exception cref="InputException">The archive is damaged, or does not hold exactly one file.</exception>
    internal static ZipEntrySource Open(Stream packed, string name)
    {
        try
        {
            var archive = new ZipArchive(packed, ZipArchiveMode.Read);
            return new ZipEntrySource(archive, OnlyFile(archive, name));
        }
        catch (InvalidDataException)
        {
            throw new InputException(
                $"The zip archive '{name}' is damaged, cut short or packed by a method that is not known; get it "
                    + "again, or unpack it."
            );
        }
    }

    /// <returns>0 at the proper end.</returns>
    /// <exception cref="InvalidDataException">The data are damaged or end too early.</exception>
    public override int Read(Span<byte> buffer)
    {
        var count = ReadContent(buffer);
        foreach (var value in buffer[..count])
            _checksum = s_table[(byte)(_checksum ^ value)] ^ (_checksum >> 8);
        _read += count;
        if (count == 0 && !buffer.IsEmpty && (_read != _entry.Length || ~_checksum != _entry.Crc32))
            throw new InvalidDataException($"{Kind} are damaged or cut short.");
        return count;
    }

    private int ReadContent(Span<byte> buffer)
    {
        try
        {
            return _content.Read(buffer);
        }
        catch (InvalidDataException exception)
        {
            throw new InvalidDataException($"{Kind} are damaged.", exception);
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _content.Dispose();
            _archive.Dispose();
        }
        base.Dispose(disposing);
    }

    private static ZipArchiveEntry OnlyFile(ZipArchive archive, string name)
    {
        if (archive.GetEntry("[Content_Types].xml") is not null)
            throw new InputException($"'{name}' is an Office document; save the sheet as CSV (UTF-8).");
        var files = archive.Entries.Where(entry => entry.Name.Length > 0 && entry.Name[0] != '.'
            && !entry.FullName.StartsWith("__MACOSX/", StringComparison.Ordinal)).ToList();
        if (files.Count == 1)
            return files[0].IsEncrypted
                ? throw new InputException($"The zip archive '{name}' has a password; unpack it first.")
                : files[0];
        throw new InputException(
            files.Count == 0
                ? $"The zip archive '{name}' holds no file."
                : $"The zip archive '{name}' holds {files.Count} files "
                    + $"({string.Join(", ", files.Take(5).Select(entry => entry.FullName))}"
                    + $"{(files.Count > 5 ? ", …" : "")}); unpack it and name the one to read."
        );
    }

    // CRC-32 of ISO 3309, as zip has it.
    private static uint[] Table()
    {
        var table = new uint[256];
        for (var value = 0u; value < 256; value++)
        {
            table[value] = value;
            for (var bit = 0; bit < 8; bit++)
                table[value] = (table[value] & 1) == 0 ? table[value] >> 1 : 0xEDB88320 ^ (table[value] >> 1);
        }
        return table;
    }
}
