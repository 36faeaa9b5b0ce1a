using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Recommendation.Client.Writing;

namespace Recommendation.Client.Spilling;

/// <summary>
/// A file of batches that is only appended to. It begins with <see cref="Format"/>; a record is its length, 8 bytes of
/// its SHA-256, the number of events, the length of the key, the key and the body. The file is locked for as long as
/// its process lives, so another process does not take it.
/// </summary>
internal sealed class SpillSegment : IDisposable
{
    internal const string Extension = ".events";

    private const int HeaderBytes = 12;
    private const int PrefixBytes = 8;
    private const int MaximumRecord = 16 * 1024 * 1024;

    private readonly FileStream _file;

    private SpillSegment(FileStream file) => _file = file;

    internal static ReadOnlySpan<byte> Format => "RECEVT01"u8;

    internal string Path => _file.Name;

    /// <summary>How long the part is that can be read.</summary>
    internal long Length { get; private set; }

    private bool IsDamaged { get; set; }

    /// <summary>How many batches are not settled.</summary>
    internal int Open { get; set; }

    /// <exception cref="IOException">The file system refused.</exception>
    internal static SpillSegment Create(string path)
    {
        var segment = new SpillSegment(File.Open(path, Options(FileMode.CreateNew)));
        RandomAccess.Write(segment._file.SafeFileHandle, Format, 0);
        segment.Length = Format.Length;
        RandomAccess.FlushToDisk(segment._file.SafeFileHandle);
        FolderSync.Flush(System.IO.Path.GetDirectoryName(path)!);
        return segment;
    }

    /// <summary>Opens a file that another process left; null if one that lives has it, or removed it.</summary>
    internal static SpillSegment? TryOpen(string path)
    {
        try
        {
            return new SpillSegment(File.Open(path, Options(FileMode.Open)));
        }
        catch (IOException)
        {
            return null;
        }
    }

    /// <summary>Appends a batch, and waits until it is on the disk.</summary>
    /// <exception cref="IOException">The file system refused; nothing was appended.</exception>
    internal SpilledBatch Append(EventBatch batch)
    {
        var key = Encoding.ASCII.GetBytes(batch.Key);
        var record = new byte[HeaderBytes + PrefixBytes + key.Length + batch.Body.Length];
        var payload = record.AsSpan(HeaderBytes);
        BinaryPrimitives.WriteInt32LittleEndian(payload, batch.Count);
        BinaryPrimitives.WriteInt32LittleEndian(payload[4..], key.Length);
        key.CopyTo(payload[PrefixBytes..]);
        batch.Body.CopyTo(payload[(PrefixBytes + key.Length)..]);
        BinaryPrimitives.WriteInt32LittleEndian(record, payload.Length);
        SHA256.HashData(payload).AsSpan(0, 8).CopyTo(record.AsSpan(4));
        // At this place also after an append that failed in the middle.
        RandomAccess.Write(_file.SafeFileHandle, record, Length);
        RandomAccess.FlushToDisk(_file.SafeFileHandle);
        var spilled = new SpilledBatch(this, Length, record.Length, batch.Count, batch.Number);
        Length += record.Length;
        Open++;
        return spilled;
    }

    /// <exception cref="InvalidDataException">The record is damaged.</exception>
    internal EventBatch Read(SpilledBatch spilled)
    {
        var record = new byte[spilled.Bytes];
        return ReadFully(record, spilled.Offset) && TryRead(record, out var key, out var body, out var count)
            ? new EventBatch(spilled.Number, key, body, count) { Spilled = spilled }
            : throw new InvalidDataException($"The batch at byte {spilled.Offset} of '{Path}' is damaged.");
    }

    /// <summary>Finds the batches of a file that another process left.</summary>
    internal SpillScan Scan()
    {
        var found = new List<SpilledBatch>();
        var size = RandomAccess.GetLength(_file.SafeFileHandle);
        var format = new byte[Format.Length];
        if (!ReadFully(format, 0) || !format.AsSpan().SequenceEqual(Format))
        {
            IsDamaged = size > Format.Length;
            return new SpillScan(found, size, IsTorn: !IsDamaged);
        }
        Length = Format.Length;
        var header = new byte[HeaderBytes];
        var end = Length;
        while (ReadFully(header, Length))
        {
            var length = BinaryPrimitives.ReadInt32LittleEndian(header);
            end = length < PrefixBytes ? Length : Length + HeaderBytes + length;
            if (length is < PrefixBytes or > MaximumRecord || end > size)
                break;
            var record = new byte[HeaderBytes + length];
            if (!ReadFully(record, Length) || !TryRead(record, out _, out _, out var count))
                break;
            found.Add(new SpilledBatch(this, Length, record.Length, count, Number: 0));
            Length += record.Length;
        }
        Open = found.Count;
        // A crash leaves the last record unfinished: it ends at the end of the file or behind it, or is zeros.
        var isTorn = size - Length < HeaderBytes || end >= size || header.AsSpan().IndexOfAnyExcept((byte)0) < 0;
        IsDamaged = !isTorn;
        return new SpillScan(found, size - Length, isTorn);
    }

    /// <summary>Removes the file, since all its batches are settled. A damaged one stays, to be looked at.</summary>
    internal void Delete()
    {
        if (IsDamaged)
        {
            Dispose();
            return;
        }
        // Before the lock is given up, so that nobody else takes it in between. Windows removes no open file.
        if (!OperatingSystem.IsWindows())
            File.Delete(Path);
        Dispose();
        File.Delete(Path);
    }

    public void Dispose() => _file.Dispose();

    private static bool TryRead(ReadOnlySpan<byte> record, out string key, out byte[] body, out int count)
    {
        (key, body, count) = ("", [], 0);
        var payload = record[HeaderBytes..];
        if (!SHA256.HashData(payload).AsSpan(0, 8).SequenceEqual(record[4..HeaderBytes]))
            return false;
        count = BinaryPrimitives.ReadInt32LittleEndian(payload);
        var keyLength = BinaryPrimitives.ReadInt32LittleEndian(payload[4..]);
        if (count < 1 || keyLength < 1 || keyLength > payload.Length - PrefixBytes)
            return false;
        key = Encoding.ASCII.GetString(payload.Slice(PrefixBytes, keyLength));
        body = payload[(PrefixBytes + keyLength)..].ToArray();
        return true;
    }

    private bool ReadFully(Span<byte> bytes, long offset)
    {
        for (var at = 0; at < bytes.Length;)
        {
            var read = RandomAccess.Read(_file.SafeFileHandle, bytes[at..], offset + at);
            if (read == 0)
                return false;
            at += read;
        }
        return true;
    }

    private static FileStreamOptions Options(FileMode mode)
    {
        var options = new FileStreamOptions
        {
            Mode = mode,
            Access = FileAccess.ReadWrite,
            Share = OperatingSystem.IsWindows() ? FileShare.Delete : FileShare.None,
            BufferSize = 0,
        };
        // Events name users.
        if (mode == FileMode.CreateNew && !OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return options;
    }
}

/// <summary>Where a batch is on the disk.</summary>
internal sealed record SpilledBatch(SpillSegment Segment, long Offset, int Bytes, int Count, long Number);

/// <summary>What a file holds that another process left.</summary>
/// <param name="Unreadable">How many bytes at the end can't be read.</param>
/// <param name="IsTorn">Whether these are no more than a crash leaves: a batch that was never written whole.</param>
internal sealed record SpillScan(IReadOnlyList<SpilledBatch> Batches, long Unreadable, bool IsTorn);
