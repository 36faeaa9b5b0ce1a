using System.Security.Cryptography;
using Recommendation.Domain.Interactions;

namespace Recommendation.Aws.Kinesis.Records;

/// <summary>
/// Several user records in one, as the Kinesis Producer Library aggregates them: a mark, a message in protocol buffers,
/// and the message's MD5. A user record's own partition and hash keys decided where the producer sent it; here they
/// only have to exist.
/// </summary>
/// <remarks>https://github.com/awslabs/amazon-kinesis-producer/blob/master/aggregation-format.md</remarks>
internal static class AggregatedRecord
{
    private const int ChecksumLength = 16;

    private static readonly Rejection s_wrongChecksum = new(
        RejectionCode.Malformed,
        "The record carries the mark of aggregated records, but its checksum is wrong."
    );
    private static readonly Rejection s_broken = new(
        RejectionCode.Malformed,
        "The record is aggregated, but its message is broken."
    );

    internal static ReadOnlySpan<byte> Mark => [0xF3, 0x89, 0x9A, 0xC2];

    internal static bool IsOne(ReadOnlySpan<byte> data) => data.StartsWith(Mark);

    /// <param name="record">The record with its mark and checksum.</param>
    /// <param name="maximum">Reading stops after one user record more.</param>
    /// <returns>The data of each user record: slices of what was given. Or why there are none.</returns>
    internal static (IReadOnlyList<ReadOnlyMemory<byte>> Data, Rejection? Problem) Read(
        ReadOnlyMemory<byte> record,
        int maximum
    )
    {
        if (record.Length < Mark.Length + ChecksumLength)
            return ([], s_wrongChecksum);
        var message = record[Mark.Length..^ChecksumLength];
        Span<byte> checksum = stackalloc byte[ChecksumLength];
#pragma warning disable CA5351 // The format's checksum; it guards against damage, not against anybody.
        MD5.HashData(message.Span, checksum);
#pragma warning restore CA5351
        if (!checksum.SequenceEqual(record.Span[^ChecksumLength..]))
            return ([], s_wrongChecksum);
        return ReadMessage(message, maximum) is { } data ? (data, null) : ([], s_broken);
    }

    /// <summary>1: partition keys, 2: explicit hash keys, 3: user records.</summary>
    private static List<ReadOnlyMemory<byte>>? ReadMessage(ReadOnlyMemory<byte> message, int maximum)
    {
        var (partitionKeys, hashKeys) = (0ul, 0ul);
        var userRecords = new List<UserRecord>();
        var fields = new ProtocolFields(message);
        while (userRecords.Count <= maximum && fields.Next())
        {
            switch (fields.Number)
            {
                case 1 when fields.IsBytes:
                    partitionKeys++;
                    break;
                case 2 when fields.IsBytes:
                    hashKeys++;
                    break;
                case 3 when fields.IsBytes:
                    if (ReadUserRecord(fields.Bytes) is not { } userRecord)
                        return null;
                    userRecords.Add(userRecord);
                    break;
                default:
                    break; // Of a later version of the format.
            }
        }
        if (userRecords.Count > maximum)
            return userRecords.ConvertAll(one => one.Data);
        var isWhole =
            !fields.IsBroken
            && userRecords.TrueForAll(one =>
                one.PartitionKey < partitionKeys && (one.HashKey is not { } key || key < hashKeys)
            );
        return isWhole ? userRecords.ConvertAll(one => one.Data) : null;
    }

    /// <summary>1: place of the partition key, 2: place of the explicit hash key, 3: data.</summary>
    private static UserRecord? ReadUserRecord(ReadOnlyMemory<byte> message)
    {
        ulong? partitionKey = null, hashKey = null;
        ReadOnlyMemory<byte>? data = null;
        var fields = new ProtocolFields(message);
        while (fields.Next())
        {
            switch (fields.Number)
            {
                case 1 when !fields.IsBytes:
                    partitionKey = fields.Value;
                    break;
                case 2 when !fields.IsBytes:
                    hashKey = fields.Value;
                    break;
                case 3 when fields.IsBytes:
                    data = fields.Bytes;
                    break;
                default:
                    break; // Tags, which carry nothing that counts.
            }
        }
        return !fields.IsBroken && partitionKey is { } key && data is { } bytes
            ? new UserRecord(key, hashKey, bytes)
            : null;
    }

    private readonly record struct UserRecord(ulong PartitionKey, ulong? HashKey, ReadOnlyMemory<byte> Data);
}
