using Recommendation.Domain.Interactions;
using Recommendation.Domain.Quarantine;

namespace Recommendation.Aws.Kinesis.Records;

/// <summary>
/// Decodes a batch of records in chunks, so that memory holds the events of one chunk whatever the batch unpacks to.
/// Usually a batch is one chunk. A chunk must be saved before the next one is: a later event of a user moves the
/// watermark past the earlier ones.
/// </summary>
public static class RecordChunks
{
    /// <summary>A chunk ends with the record that brings it to so many events, rejected ones included.</summary>
    public const int Events = 16_384;

    /// <summary>A chunk ends with the record that brings its rejected events to so many bytes.</summary>
    public const int RejectedBytes = 16 * 1024 * 1024;

    /// <summary>Gives the chunks of a batch; at least one, also of an empty batch.</summary>
    public static IEnumerable<DecodedRecords> DecodeChunks(
        this RecordDecoder decoder,
        IEnumerable<StreamRecord> records
    )
    {
        ArgumentNullException.ThrowIfNull(decoder);
        ArgumentNullException.ThrowIfNull(records);
        return Decode(decoder, records);
    }

    private static IEnumerable<DecodedRecords> Decode(RecordDecoder decoder, IEnumerable<StreamRecord> records)
    {
        var (accepted, rejected) = (new List<Interaction>(), new List<QuarantinedRecord>());
        var (count, given, bytes) = (0, -1, 0L);
        foreach (var record in records)
        {
            var before = rejected.Count;
            decoder.Decode(record, accepted, rejected);
            count++;
            for (var i = before; i < rejected.Count; i++)
                bytes += rejected[i].Raw.Length;
            if (accepted.Count + rejected.Count < Events && bytes < RejectedBytes)
                continue;
            yield return new DecodedRecords(given = count, accepted, rejected);
            (accepted, rejected) = (new List<Interaction>(), new List<QuarantinedRecord>());
            bytes = 0;
        }
        if (count > given)
            yield return new DecodedRecords(count, accepted, rejected);
    }
}

/// <summary>Records of a batch, decoded.</summary>
/// <param name="End">How many records of the batch are decoded with these.</param>
/// <param name="Accepted">The valid events, in log order.</param>
/// <param name="Rejected">The others.</param>
public sealed record DecodedRecords(int End, List<Interaction> Accepted, List<QuarantinedRecord> Rejected);
