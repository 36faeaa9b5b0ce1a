using System.Security.Cryptography;
using System.Text;

namespace Recommendation.StreamProcessor.Tests.Given;

/// <summary>Writes user records aggregated in one, as a producer library does.</summary>
internal static class Aggregated
{
    internal static byte[] Of(params (string Key, string Data)[] records) =>
        Of([.. records.Select(record => (record.Key, Encoding.UTF8.GetBytes(record.Data)))]);

    internal static byte[] Of((string Key, byte[] Data)[] records)
    {
        using var message = new MemoryStream();
        var keys = records.Select(record => record.Key).Distinct(StringComparer.Ordinal).ToList();
        foreach (var key in keys)
            WriteBytes(message, 1, Encoding.UTF8.GetBytes(key));
        WriteBytes(message, 2, "170141183460469231731687303715884105728"u8);
        foreach (var (key, data) in records)
        {
            using var record = new MemoryStream();
            WriteNumber(record, 1, (ulong)keys.IndexOf(key));
            WriteNumber(record, 2, 0);
            WriteBytes(record, 3, data);
            // A tag, which readers skip.
            WriteBytes(record, 4, [0x0A, 0x01, (byte)'t']);
            WriteBytes(message, 3, record.ToArray());
        }
        return Sealed(message.ToArray());
    }

    /// <summary>Mark, message, checksum.</summary>
    internal static byte[] Sealed(ReadOnlySpan<byte> message)
    {
#pragma warning disable CA5351 // The format's checksum.
        return [0xF3, 0x89, 0x9A, 0xC2, .. message, .. MD5.HashData(message)];
#pragma warning restore CA5351
    }

    private static void WriteNumber(MemoryStream output, int field, ulong value)
    {
        output.WriteByte((byte)(field << 3));
        WriteVarint(output, value);
    }

    private static void WriteBytes(MemoryStream output, int field, ReadOnlySpan<byte> bytes)
    {
        output.WriteByte((byte)((field << 3) | 2));
        WriteVarint(output, (ulong)bytes.Length);
        output.Write(bytes);
    }

    private static void WriteVarint(MemoryStream output, ulong value)
    {
        for (; value >= 0x80; value >>= 7)
            output.WriteByte((byte)(value | 0x80));
        output.WriteByte((byte)value);
    }
}
