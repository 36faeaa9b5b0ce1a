using System.Text;

namespace Recommendation.Modeling.Artefacts;

/// <summary>
/// Reads the plain files of a tar archive in order (POSIX ustar and GNU headers). It skips extended headers (packers
/// store fractions of seconds there) up to a maximum length, because the general reader allocates the length that a
/// header claims. It refuses links and other entries.
/// </summary>
internal sealed class ArchiveReader(Stream stream)
{
    private const int Block = 512;
    private const int MaximumTrailer = 1 << 20;
    private const int MaximumExtension = 1 << 16;

    private long _padding;

    /// <summary>Goes to the next file; the one before must have been read to its end.</summary>
    /// <returns>Its name without a leading <c>./</c>, and its length; null at the end of the archive.</returns>
    public async Task<(string Name, long Length)?> NextAsync(CancellationToken cancellationToken)
    {
        var header = new byte[Block];
        await stream.ReadExactlyAsync(new byte[_padding], cancellationToken);
        while (true)
        {
            await stream.ReadExactlyAsync(header, cancellationToken);
            if (!header.AsSpan().ContainsAnyExcept((byte)0))
                return null;
            var (name, length, type) = Parse(header);
            if (type == '5' && length == 0)
                continue;
            if (type is 'x' or 'g' && length <= MaximumExtension)
            {
                await stream.ReadExactlyAsync(
                    new byte[length + ((Block - (length % Block)) % Block)],
                    cancellationToken
                );
                continue;
            }
            if (type is not ('0' or '\0'))
                throw new InvalidDataException($"The archive holds '{name}', which is not a plain file.");
            _padding = (Block - (length % Block)) % Block;
            return (name.StartsWith("./", StringComparison.Ordinal) ? name[2..] : name, length);
        }
    }

    /// <summary>
    /// Reads what is left, so that the compression's own checksum is compared, and refuses anything but zeros.
    /// </summary>
    public async Task FinishAsync(CancellationToken cancellationToken)
    {
        var rest = new byte[Block];
        for (var total = 0; total <= MaximumTrailer;)
        {
            var count = await stream.ReadAsync(rest, cancellationToken);
            if (count == 0)
                return;
            if (rest.AsSpan(0, count).ContainsAnyExcept((byte)0))
                break;
            total += count;
        }
        throw new InvalidDataException("Something follows the end of the archive.");
    }

    private static (string Name, long Length, char Type) Parse(ReadOnlySpan<byte> header)
    {
        var sum = 8 * ' ';
        for (var i = 0; i < Block; i++)
            sum += i is >= 148 and < 156 ? 0 : header[i];
        if (Octal(header[148..156]) != sum)
            throw new InvalidDataException("The checksum of an archive header is wrong.");
        return (Text(header[..100]), Octal(header[124..136]), (char)header[156]);
    }

    private static string Text(ReadOnlySpan<byte> field)
    {
        var end = field.IndexOf((byte)0);
        return Encoding.Latin1.GetString(end < 0 ? field : field[..end]);
    }

    private static long Octal(ReadOnlySpan<byte> field)
    {
        long value = 0;
        foreach (var digit in field.Trim(" \0"u8))
        {
            if (digit is < (byte)'0' or > (byte)'7')
                throw new InvalidDataException("A number of an archive header is not octal.");
            value = (value * 8) + (digit - '0');
        }
        return value;
    }
}
