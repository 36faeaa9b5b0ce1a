using System.Buffers;
using System.Globalization;
using Amazon.Lambda.KinesisFirehoseEvents;
using Microsoft.Extensions.Logging;
using Recommendation.Application.Interactions;
using Recommendation.Aws.Archive;
using Recommendation.Aws.Kinesis.Records;
using Recommendation.Domain.Interactions;

namespace Recommendation.StreamProcessor;

/// <summary>
/// Makes archive lines of the records that a delivery stream reads beside the profiles' function. What is rejected is
/// left out: the other function puts it into quarantine, and a redrive brings it back under another position.
/// </summary>
internal sealed partial class ArchiveTransformation(RecordDecoder decoder, ILogger<ArchiveTransformation> logger)
{
    /// <summary>The name that the delivery stream's prefix refers to.</summary>
    internal const string PartitionKey = "bucket";

    // Lambda takes 6 MB; the rest is a margin for ids and punctuation.
    internal const int MaximumAnswer = 5_500_000;

    internal KinesisFirehoseResponse Transform(IList<KinesisFirehoseEvent.FirehoseRecord> records)
    {
        var response = new KinesisFirehoseResponse();
        var lines = new ArrayBufferWriter<byte>();
        var size = 0;
        for (var (start, end) = (0, 0); start < records.Count; start = end)
        {
            for (end = start + 1; end < records.Count && AreOfOneRecord(records[start], records[end]); end++)
            {
            }
            var budget = new RecordBudget();
            var group = records
                .Skip(start)
                .Take(end - start)
                .Select(record => (Record: record, Events: Decode(record, budget)))
                .ToList();
            foreach (var (record, events) in group)
            {
                lines.ResetWrittenCount();
                var transformed = events is null
                    ? Failed(record)
                    : Transformed(record, budget.Exceeded is null ? events : [], lines);
                size += transformed.Base64EncodedData.Length;
                if (size > MaximumAnswer)
                {
                    LogTooLarge();
                    size -= transformed.Base64EncodedData.Length;
                    transformed = Failed(record);
                }
                response.Records.Add(transformed);
            }
        }
        return response;
    }

    /// <summary>
    /// The user records of an aggregated record come one after the other; as in the stream function
    /// they share one budget.
    /// </summary>
    private static bool AreOfOneRecord(
        KinesisFirehoseEvent.FirehoseRecord one,
        KinesisFirehoseEvent.FirehoseRecord other
    ) =>
        one.KinesisRecordMetadata is { SequenceNumber.Length: > 0 } first
        && other.KinesisRecordMetadata is { } second
        && string.Equals(first.SequenceNumber, second.SequenceNumber, StringComparison.Ordinal)
        && string.Equals(first.ShardId, second.ShardId, StringComparison.Ordinal);

    /// <returns>The record's valid events; null if it does not say which record of a stream it was.</returns>
    private List<Interaction>? Decode(KinesisFirehoseEvent.FirehoseRecord record, RecordBudget budget)
    {
        if (
            record.KinesisRecordMetadata is not { ShardId.Length: > 0 } source
            || UserRecordOf(source.SubsequenceNumber) is not { } userRecord
        )
        {
            LogWithoutSource();
            return null;
        }
        // Of a record with more user records than the budget allows; some of them can have come with another call.
        if (userRecord >= RecordDecoder.MaximumEvents && !budget.TakeEvents(userRecord + 1))
            return [];
        var accepted = new List<Interaction>(1);
        if (budget.Exceeded is null)
            decoder.Decode(ToStreamRecord(record, source, userRecord), budget, accepted, []);
        return accepted;
    }

    private static KinesisFirehoseResponse.FirehoseRecord Transformed(
        KinesisFirehoseEvent.FirehoseRecord record, List<Interaction> events, ArrayBufferWriter<byte> lines)
    {
        foreach (var interaction in events)
            ArchiveLine.Write(lines, interaction);
        var groups = events.Select(one => UserBucket.Of(one.UserId)).Distinct().Take(2).ToList();
        return new KinesisFirehoseResponse.FirehoseRecord
        {
            RecordId = record.RecordId,
            Result =
                events.Count > 0
                    ? KinesisFirehoseResponse.TRANSFORMED_STATE_OK
                    : KinesisFirehoseResponse.TRANSFORMED_STATE_DROPPED,
            Base64EncodedData = Convert.ToBase64String(lines.WrittenSpan),
            Metadata =
                groups.Count == 0
                    ? null
                    : new()
                    {
                        PartitionKeys =
                        {
                            [PartitionKey] = groups.Count == 1 ? ArchiveKey.NameOf(groups[0]) : ArchiveKey.Mixed,
                        },
                    },
        };
    }

    private static StreamRecord ToStreamRecord(
        KinesisFirehoseEvent.FirehoseRecord record,
        KinesisFirehoseEvent.KinesisMetadata source,
        int userRecord
    ) =>
        new(
            Convert.FromBase64String(record.Base64EncodedData),
            // Taken out of an aggregated record, whose key it shared; see RecordDecoder.
            userRecord > 0
                ? ""
                : source.PartitionKey,
            new Position(
                source.ShardId,
                SequenceNumber.Parse(source.SequenceNumber),
                RecordDecoder.IndexOf(userRecord)
            ),
            DateTimeOffset.FromUnixTimeMilliseconds(source.ApproximateArrivalTimestamp)
        );

    private static int? UserRecordOf(string subsequenceNumber)
    {
        if (subsequenceNumber.Length == 0)
            return 0;
        return
            int.TryParse(subsequenceNumber, NumberStyles.None, CultureInfo.InvariantCulture, out var place)
            && place < int.MaxValue
            ? place
            : null;
    }

    private static KinesisFirehoseResponse.FirehoseRecord Failed(KinesisFirehoseEvent.FirehoseRecord record) => new()
    {
        RecordId = record.RecordId,
        Result = KinesisFirehoseResponse.TRANSFORMED_STATE_PROCESSINGFAILED,
        Base64EncodedData = record.Base64EncodedData,
    };

    [LoggerMessage(
        LogLevel.Error,
        "A record's archive lines would make the answer larger than Lambda takes; the record goes to the delivery "
            + "stream's "
            + "failures. Make the delivery stream's processing buffer smaller."
    )]
    private partial void LogTooLarge();

    [LoggerMessage(
        LogLevel.Error,
        "A record does not say which record of a Kinesis stream it was, so it can't be archived; the delivery "
            + "stream's source must be the stream."
    )]
    private partial void LogWithoutSource();
}
