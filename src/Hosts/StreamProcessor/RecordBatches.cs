using Amazon.Lambda.KinesisEvents;
using MediatR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Recommendation.Application.Ports;
using Recommendation.Application.Profiles;
using Recommendation.Aws.Kinesis.Records;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Quarantine;

namespace Recommendation.StreamProcessor;

/// <summary>A batch of a shard, from its records to the answer that says which to deliver again.</summary>
internal sealed partial class RecordBatches(RecordDecoder decoder, IServiceScopeFactory scopes, ILogger<RecordBatches> logger)
{
    /// <exception cref="StoreUnavailableException">Nothing of the batch could be saved; all of it is delivered again.</exception>
    internal async Task<StreamsEventResponse> AbsorbAsync(IList<KinesisEvent.KinesisEventRecord> records, CancellationToken cancellationToken)
    {
        var (accepted, rejected) = (new List<Interaction>(records.Count), new List<QuarantinedRecord>());
        foreach (var record in records)
            decoder.Decode(ToStreamRecord(record), accepted, rejected);

        await using var scope = scopes.CreateAsyncScope();
        if (scope.ServiceProvider.GetService<IProfileStore>() is null)
            throw new OptionsValidationException(nameof(StreamFunction), typeof(StreamFunction), ["TABLE_NAME is not set; this function only makes archive lines."]);
        var updated = await scope.ServiceProvider.GetRequiredService<IMediator>().Send(new UpdateProfiles(accepted, rejected), cancellationToken);

        var answer = ToAnswer(records, updated);
        var failed = answer.BatchItemFailures.Count;
        LogBatch(
            failed == 0 ? LogLevel.Information : LogLevel.Warning, records.Count - failed, failed, updated.Counted, updated.Redelivered + updated.Repeated,
            updated.Erased, updated.Quarantined, updated.ProfilesWritten, updated.Conflicts, updated.FirstError ?? "");
        if (failed > 0 && updated.Settled == 0)
            throw new StoreUnavailableException($"None of the batch's {records.Count} records could be saved: {updated.FirstError} They are delivered again.");
        return answer;
    }

    private static StreamRecord ToStreamRecord(KinesisEvent.KinesisEventRecord record)
    {
        var colon = record.EventId.IndexOf(':', StringComparison.Ordinal);
        if (colon <= 0)
            throw new FormatException($"The event id '{record.EventId}' does not begin with a shard.");
        var stored = record.Kinesis;
        var data = stored.Data.TryGetBuffer(out var buffer) ? buffer : stored.Data.ToArray();
        var position = new Position(record.EventId[..colon], SequenceNumber.Parse(stored.SequenceNumber));
        return new StreamRecord(data, stored.PartitionKey, position, new DateTimeOffset(stored.ApproximateArrivalTimestamp, TimeSpan.Zero));
    }

    /// <summary>A record failed if anything in it did; named as the event names it.</summary>
    private static StreamsEventResponse ToAnswer(IList<KinesisEvent.KinesisEventRecord> records, UpdatedProfiles updated)
    {
        var answer = new StreamsEventResponse();
        if (updated.Failed.Count == 0)
            return answer;
        var failed = updated.Failed.Select(position => position.Sequence).ToHashSet();
        foreach (var record in records)
        {
            if (failed.Contains(SequenceNumber.Parse(record.Kinesis.SequenceNumber)))
                answer.BatchItemFailures.Add(new StreamsEventResponse.BatchItemFailure { ItemIdentifier = record.Kinesis.SequenceNumber });
        }
        return answer;
    }

    [LoggerMessage("{processedRecords} records processed, {failedRecords} failed. Events: {counted} counted, {duplicated} copies, {erased} of erased users, "
        + "{quarantined} in quarantine. Profiles: {written} written, {conflicts} conflicts. {firstError}")]
    private partial void LogBatch(
        LogLevel level, int processedRecords, int failedRecords, int counted, int duplicated, int erased, int quarantined, int written, int conflicts, string firstError);
}
