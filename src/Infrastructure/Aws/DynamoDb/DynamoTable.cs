using System.Text.Json;
using Amazon.DynamoDBv2.Model;
using Amazon.Runtime;
using Recommendation.Application.Ports;
using Recommendation.Aws.DynamoDb.Direct;
using Recommendation.Aws.DynamoDb.Throttling;
using Item = System.Collections.Generic.Dictionary<string, Amazon.DynamoDBv2.Model.AttributeValue>;

namespace Recommendation.Aws.DynamoDb;

/// <summary>
/// The table's calls with their limits: batches cut to size, what was left undone sent again, pages followed.
/// </summary>
internal sealed class DynamoTable(DirectDynamoClient client, AwsOptions options, Backoff backoff)
{
    private const int PutsPerWrite = 25;
    private const int CallsInFlight = 8;

    internal DirectDynamoClient Client => client;

    /// <summary>
    /// Capacity is of four kinds, and each has a pace of its own; writes of the index are throttled as
    /// those of the table.
    /// </summary>
    internal Pace Reads { get; } = new(backoff.Time);

    internal Pace Writes { get; } = new(backoff.Time);

    internal Pace IndexReads { get; } = new(backoff.Time);

    internal string Name => options.TableName!;

    /// <summary>The clock that waits run on.</summary>
    internal TimeProvider Time => backoff.Time;

    /// <summary>How the table is named in sentences.</summary>
    internal string Subject => $"Table {Name}";

    /// <summary>Strongly consistent; null where there is no such item.</summary>
    internal async Task<Item?> FindAsync(Item key, CancellationToken cancellationToken)
    {
        var request = new GetItemRequest
        {
            TableName = Name,
            Key = key,
            ConsistentRead = true,
        };
        var response = await GuardAsync(
            Reads,
            () => client.GetItemAsync(request, cancellationToken),
            cancellationToken
        );
        return response.Item is { Count: > 0 } item ? item : null;
    }

    /// <summary>Sends a request that is written here.</summary>
    /// <returns>The body of the answer.</returns>
    /// <exception cref="Amazon.Runtime.AmazonServiceException">The table refused or failed; nothing is
    /// said of it yet.</exception>
    internal async Task<ReadOnlyMemory<byte>> SendAsync(
        DirectOperation operation,
        Action<Utf8JsonWriter> write,
        CancellationToken cancellationToken
    )
    {
        var body = ItemBody.Rent();
        body.Writer.WriteStartObject();
        write(body.Writer);
        body.Writer.WriteEndObject();
        var answer = await client.SendAsync(operation, Name, body.Finish(), backoff, cancellationToken);
        body.Return();
        return answer;
    }

    /// <summary>Puts without a condition.</summary>
    /// <returns>Per item, how it ended. What the table had no capacity for when the caller's time
    /// was up is postponed.</returns>
    internal async Task<IReadOnlyList<SaveOutcome>> PutManyAsync(
        IReadOnlyList<WritableItem> items,
        CancellationToken cancellationToken
    )
    {
        var outcomes = new SaveOutcome[items.Count];
        var chunks = Enumerable.Range(0, items.Count).Chunk(PutsPerWrite).ToArray();
        await Parallel.ForAsync(
            0,
            chunks.Length,
            InFlight(CallsInFlight, cancellationToken),
            async (i, cancellation) =>
            {
                var written = await new BatchWrite(this).PutAsync(
                    [.. chunks[i].Select(index => items[index])],
                    cancellation
                );
                for (var j = 0; j < chunks[i].Length; j++)
                    outcomes[chunks[i][j]] = written[j];
            }
        );
        return outcomes;
    }

    /// <summary>Puts items under conditions, each in a call of its own.</summary>
    /// <param name="count">How many.</param>
    /// <param name="inFlight">How many at once.</param>
    /// <param name="write">Writes the request of an item.</param>
    /// <param name="cancellationToken">Ends the puts that are not done; what was stored until then is
    /// said all the same.</param>
    /// <returns>Per item, how it ended. What the table had no capacity for when the caller's time
    /// was up is postponed.</returns>
    /// <exception cref="OperationCanceledException">The caller's time was up before anything was stored, for another
    /// reason than capacity.</exception>
    internal async Task<SaveOutcome[]> PutEachAsync(
        int count, int inFlight, Action<int, Utf8JsonWriter> write, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var outcomes = new SaveOutcome[count];
        await Parallel.ForAsync(
            0,
            count,
            InFlight(inFlight, CancellationToken.None),
            async (i, _) => outcomes[i] = await PutOneAsync(writer => write(i, writer), cancellationToken)
        );
        if (
            cancellationToken.IsCancellationRequested
            && Array.TrueForAll(outcomes, outcome => outcome.Status == SaveStatus.Failed)
        )
            cancellationToken.ThrowIfCancellationRequested();
        return outcomes;
    }

    private async Task<SaveOutcome> PutOneAsync(Action<Utf8JsonWriter> write, CancellationToken cancellationToken)
    {
        try
        {
            cancellationToken.ThrowIfCancellationRequested();
            await PaceAsync(
                Writes,
                1,
                () => SendAsync(DirectOperation.PutItem, write, cancellationToken),
                _ => 0,
                cancellationToken
            );
            return SaveOutcome.Saved;
        }
        catch (ThrottledException problem)
        {
            return SaveOutcome.Postponed(problem.Message);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return Writes.Rate is null
                ? SaveOutcome.Failed($"{Subject} was asked to store an item when the time was up.")
                : SaveOutcome.Postponed(ThrottledException.Of(Subject, cancellationToken).Message);
        }
        catch (Exception problem) when (problem.IsServiceFault(cancellationToken))
        {
            return PutOutcome.Of(problem, Subject);
        }
    }

    /// <summary>Writes; see the other overload.</summary>
    internal Task<T> GuardAsync<T>(Func<Task<T>> call, CancellationToken cancellationToken) =>
        GuardAsync(Writes, call, cancellationToken);

    /// <summary>
    /// Runs a call of one item, again while the table throttles it; a failure of the service becomes a sentence.
    /// </summary>
    /// <exception cref="StoreUnavailableException">The table did not do what was asked.</exception>
    internal async Task<T> GuardAsync<T>(Pace pace, Func<Task<T>> call, CancellationToken cancellationToken)
    {
        try
        {
            return await PaceAsync(pace, 1, call, _ => 0, cancellationToken);
        }
        catch (Exception problem) when (problem.IsServiceFault(cancellationToken))
        {
            throw problem.ToStoreFault(Subject);
        }
    }

    /// <summary>Makes a call at the pace of the table, and again while the whole of it is throttled.</summary>
    /// <param name="pace">The kind of capacity.</param>
    /// <param name="items">How many items are asked for.</param>
    /// <param name="call">The call.</param>
    /// <param name="left">How many items an answer left undone.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="AmazonServiceException">The table failed, or throttled the call until the time
    /// limit.</exception>
    /// <exception cref="ThrottledException">The caller's time was up while the table was short of capacity.</exception>
    internal async Task<T> PaceAsync<T>(
        Pace pace,
        int items,
        Func<Task<T>> call,
        Func<T, int> left,
        CancellationToken cancellationToken
    )
    {
        ThrottleLimit? limit = null;
        while (true)
        {
            await pace.TakeAsync(items, Subject, cancellationToken);
            limit ??= NewLimit();
            try
            {
                var answer = await call();
                pace.Report(items - left(answer), left(answer));
                return answer;
            }
            catch (AmazonServiceException problem) when (problem.IsThrottled())
            {
                pace.Report(0, items);
                if (limit.IsOver)
                    throw;
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested && pace.Rate is not null)
            {
                throw ThrottledException.Of(Subject, cancellationToken);
            }
        }
    }

    /// <summary>Begins the time for which a call is repeated while the table throttles it.</summary>
    internal ThrottleLimit NewLimit() => new(backoff.Time, options.ThrottleTimeout);

    internal static ParallelOptions InFlight(int limit, CancellationToken cancellationToken) =>
        new() { MaxDegreeOfParallelism = limit, CancellationToken = cancellationToken };
}
