using System.Text.Json;

namespace Recommendation.Emulators;

/// <summary>How a mapping from a stream to a function is set; see the fields of the same names at Lambda.</summary>
public sealed record MappingOptions
{
    public int BatchSize { get; init; } = 100;

    /// <summary>Null: until the records are too old.</summary>
    public int? MaximumRetryAttempts { get; init; }

    /// <summary>Null: as long as the stream keeps them.</summary>
    public TimeSpan? MaximumRecordAge { get; init; }

    public bool BisectBatchOnFunctionError { get; init; }
}

/// <summary>
/// What Lambda does between a shard and a function that reports batch item failures: cuts batches, repeats from the
/// lowest failure, bisects after errors, and gives up by attempts or age.
/// </summary>
/// <param name="options">How it is set.</param>
/// <param name="invoke">Calls the function; an exception is a process that died.</param>
/// <param name="now">What time it is, for the age of records.</param>
public sealed class EventSourceMapping(
    MappingOptions options,
    Func<ReadOnlyMemory<byte>, Task<InvocationOutcome>> invoke,
    Func<DateTimeOffset> now
)
{
    private readonly List<StreamedRecord> _givenUp = [];

    /// <summary>What went to the on-failure destination.</summary>
    public IReadOnlyList<StreamedRecord> GivenUp => _givenUp;

    /// <summary>How often the function was called.</summary>
    public int Invocations { get; private set; }

    /// <summary>
    /// Called before a batch is tried again, with how often it was tried: where a test mends what it broke.
    /// </summary>
    public Func<int, Task> Retrying { get; init; } = _ => Task.CompletedTask;

    /// <summary>Takes a shard's records, in their order, through the function.</summary>
    public async Task DeliverAsync(IReadOnlyList<StreamedRecord> shard)
    {
        foreach (var batch in (shard ?? throw new ArgumentNullException(nameof(shard))).Chunk(options.BatchSize))
            await DeliverBatchAsync(batch, attempt: 0);
    }

    private async Task DeliverBatchAsync(ReadOnlyMemory<StreamedRecord> batch, int attempt)
    {
        while (WithoutAged(batch) is { IsEmpty: false } left)
        {
            batch = left;
            if (attempt > 0)
            {
                if (attempt > options.MaximumRetryAttempts)
                {
                    _givenUp.AddRange(batch.ToArray());
                    return;
                }
                await Retrying(attempt);
            }
            attempt++;
            var failedFrom = await InvokeAsync(batch);
            if (failedFrom is not { } from)
                return;
            var (before, after) = (batch[..from], batch[from..]);
            // An error, or the first record failed: nothing is passed, so the batch is halved where that is set.
            if (before.IsEmpty && options.BisectBatchOnFunctionError && batch.Length > 1)
            {
                var middle = batch.Length / 2;
                await DeliverBatchAsync(batch[..middle], attempt);
                batch = batch[middle..];
                continue;
            }
            batch = after;
        }
    }

    /// <returns>The index of the lowest record that failed; null where none did.</returns>
    private async Task<int?> InvokeAsync(ReadOnlyMemory<StreamedRecord> batch)
    {
        Invocations++;
        var records = batch.ToArray();
        InvocationOutcome outcome;
        try
        {
            outcome = await invoke(StreamedRecord.ToEvent(records));
        }
        catch (DiedException)
        {
            return 0;
        }
        if (outcome.IsError)
            return 0;
        using var answer = JsonDocument.Parse(outcome.Body);
        int? lowest = null;
        foreach (var failure in answer.RootElement.GetProperty("batchItemFailures").EnumerateArray())
        {
            var id = failure.GetProperty("itemIdentifier").GetString();
            // An id that is not of the batch fails all of it, as Lambda does it.
            var index = Math.Max(
                0,
                Array.FindIndex(records, record => string.Equals(record.SequenceNumber, id, StringComparison.Ordinal))
            );
            lowest = lowest is null || index < lowest ? index : lowest;
        }
        return lowest;
    }

    private ReadOnlyMemory<StreamedRecord> WithoutAged(ReadOnlyMemory<StreamedRecord> batch)
    {
        while (options.MaximumRecordAge is { } age && !batch.IsEmpty && now() - batch.Span[0].ArrivedAt > age)
        {
            _givenUp.Add(batch.Span[0]);
            batch = batch[1..];
        }
        return batch;
    }
}

/// <summary>The function's process ended without an answer.</summary>
public sealed class DiedException(string output)
    : Exception($"The function's process ended without an answer. It wrote: {output}");
