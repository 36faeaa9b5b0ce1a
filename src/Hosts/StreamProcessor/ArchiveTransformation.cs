using System.Buffers;
using System.Globalization;
using Amazon.Lambda.KinesisFirehoseEvents;
using Microsoft.Extensions.Logging;
using Recommendation.Aws.Archive;
using Recommendation.Aws.Kinesis.Records;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Quarantine;

namespace Recommendation.StreamProcessor;

/// <summary>
/// Makes archive lines of the records that a delivery stream reads beside the profiles' function. What is rejected is left out: the
/// other function puts it into quarantine, and a redrive brings it back under another position.
/// </summary>
internal sealed partial class ArchiveTransformation(RecordDecoder decoder, ILogger<ArchiveTransformation> logger)
{
    // Lambda takes 6 MB; the rest is a margin for ids and punctuation.
    internal const int MaximumAnswer = 5_500_000;

    internal KinesisFirehoseResponse Transform(IList<KinesisFirehoseEvent.FirehoseRecord> records)
    {
        var response = new KinesisFirehoseResponse();
        var lines = new ArrayBufferWriter<byte>();
        var size = 0;
        foreach (var record in records)
        {
            lines.ResetWrittenCount();
            var transformed = Transform(record, lines);
            size += transformed.Base64EncodedData.Length;
            if (size > MaximumAnswer)
            {
                LogTooLarge();
                size -= transformed.Base64EncodedData.Length;
                transformed = Failed(record);
            }
            response.Records.Add(transformed);
        }
        return response;
    }

    private KinesisFirehoseResponse.FirehoseRecord Transform(KinesisFirehoseEvent.FirehoseRecord record, ArrayBufferWriter<byte> lines)
    {
        if (ToStreamRecord(record) is not { } read)
        {
            LogWithoutSource();
            return Failed(record);
        }
        var accepted = new List<Interaction>(1);
        decoder.Decode(read, accepted, new List<QuarantinedRecord>());
        foreach (var interaction in accepted)
            ArchiveLine.Write(lines, interaction);
        return new KinesisFirehoseResponse.FirehoseRecord
        {
            RecordId = record.RecordId,
            Result = accepted.Count > 0 ? KinesisFirehoseResponse.TRANSFORMED_STATE_OK : KinesisFirehoseResponse.TRANSFORMED_STATE_DROPPED,
            Base64EncodedData = Convert.ToBase64String(lines.WrittenSpan),
        };
    }

    /// <returns>Null where the record does not say which record of a stream it was.</returns>
    private static StreamRecord? ToStreamRecord(KinesisFirehoseEvent.FirehoseRecord record)
    {
        if (record.KinesisRecordMetadata is not { ShardId.Length: > 0 } source || UserRecordOf(source.SubsequenceNumber) is not { } userRecord)
            return null;
        return new StreamRecord(
            Convert.FromBase64String(record.Base64EncodedData),
            // Taken out of an aggregated record, whose key it shared; see RecordDecoder.
            userRecord > 0 ? "" : source.PartitionKey,
            new Position(source.ShardId, SequenceNumber.Parse(source.SequenceNumber), RecordDecoder.IndexOf(userRecord)),
            DateTimeOffset.FromUnixTimeMilliseconds(source.ApproximateArrivalTimestamp));
    }

    private static int? UserRecordOf(string subsequenceNumber)
    {
        if (subsequenceNumber.Length == 0)
            return 0;
        return int.TryParse(subsequenceNumber, NumberStyles.None, CultureInfo.InvariantCulture, out var place) && place < RecordDecoder.MaximumUserRecords
            ? place : null;
    }

    private static KinesisFirehoseResponse.FirehoseRecord Failed(KinesisFirehoseEvent.FirehoseRecord record) => new()
    {
        RecordId = record.RecordId,
        Result = KinesisFirehoseResponse.TRANSFORMED_STATE_PROCESSINGFAILED,
        Base64EncodedData = record.Base64EncodedData,
    };

    [LoggerMessage(LogLevel.Error, "A record's archive lines would make the answer larger than Lambda takes; the record goes to the delivery stream's "
        + "failures. Make the delivery stream's processing buffer smaller.")]
    private partial void LogTooLarge();

    [LoggerMessage(LogLevel.Error, "A record does not say which record of a Kinesis stream it was, so it can't be archived; the delivery stream's source must be the stream.")]
    private partial void LogWithoutSource();
}
