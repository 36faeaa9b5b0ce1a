using Amazon.Lambda.KinesisEvents;
using MediatR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Recommendation.Application.Ports;
using Recommendation.Application.Profiles;
using Recommendation.Aws.Kinesis.Records;
using Recommendation.Domain.Interactions;

namespace Recommendation.StreamProcessor;

/// <summary>A batch of a shard, from its records to the answer that says which to deliver again.</summary>
internal sealed partial class RecordBatches(
    RecordDecoder decoder,
    IServiceScopeFactory scopes,
    ILogger<RecordBatches> logger
)
{
    /// <exception cref="StoreUnavailableException">Nothing of the batch could be saved; all of
    /// it is delivered again.</exception>
    internal async Task<StreamsEventResponse> ApplyAsync(
        IList<KinesisEvent.KinesisEventRecord> records,
        CancellationToken cancellationToken
    )
    {
        await using var scope = scopes.CreateAsyncScope();
        if (scope.ServiceProvider.GetService<IProfileStore>() is null)
            throw new OptionsValidationException(
                nameof(StreamFunction),
                typeof(StreamFunction),
                ["TABLE_NAME is not set; this function only makes archive lines."]
            );
        var totals = new BatchTotals();
        var end = 0;
        // Decoding stops at the deadline as well: a batch can unpack to gigabytes.
        foreach (
            var chunk in decoder.DecodeChunks(
                records.Select(ToStreamRecord).TakeWhile(_ => !cancellationToken.IsCancellationRequested)
            )
        )
        {
            var updated = await scope.ServiceProvider.GetRequiredService<IMediator>().Send(
                new UpdateProfiles(chunk.Accepted, chunk.Rejected), cancellationToken);
            totals.Add(updated);
            end = chunk.End;
            if (updated.Failed.Count > 0)
                break;
        }
        if (end < records.Count)
            totals.Postpone(records.Skip(end));

        var answer = totals.ToAnswer(records);
        var failed = answer.BatchItemFailures.Count;
        LogBatch(
            failed == 0 ? LogLevel.Information : LogLevel.Warning,
            records.Count - failed,
            failed,
            totals.Counted,
            totals.Copies,
            totals.Erased,
            totals.Quarantined,
            totals.ProfilesWritten,
            totals.Conflicts,
            totals.FirstError ?? ""
        );
        // A table that is short of capacity is no error: the records come again, and the age of the stream tells how
        // late they are.
        if (failed > 0 && totals.Settled == 0 && !totals.IsPostponed)
            throw new StoreUnavailableException(
                $"None of the batch's {records.Count} records could be saved: {totals.FirstError} They are delivered "
                    + "again."
            );
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
        return new StreamRecord(
            data,
            stored.PartitionKey,
            position,
            new DateTimeOffset(stored.ApproximateArrivalTimestamp, TimeSpan.Zero)
        );
    }

    [LoggerMessage(
        "{processedRecords} records processed, {failedRecords} failed. Events: {counted} counted, {duplicated} "
            + "copies, {erased} of erased users, "
            + "{quarantined} in quarantine. Profiles: {written} written, {conflicts} conflicts. {firstError}"
    )]
    private partial void LogBatch(
        LogLevel level,
        int processedRecords,
        int failedRecords,
        int counted,
        int duplicated,
        int erased,
        int quarantined,
        int written,
        int conflicts,
        string firstError
    );
}
