using System.Collections.Concurrent;
using Recommendation.Domain.Batches;

namespace Recommendation.Aws.S3;

/// <summary>
/// Reads the results of a run's segments by thousands. A result never changes once it is there, so neither does a full
/// page of them.
/// </summary>
internal sealed class SegmentResultPages(Bucket bucket, BatchRunId run, int callsInFlight)
{
    internal const int Size = 1000;

    internal static async Task<SegmentResult?> FindAsync(
        Bucket bucket,
        string key,
        CancellationToken cancellationToken
    ) =>
        await bucket.FindAsync(key, cancellationToken) is { } stored
            ? S3Json.Read(stored.Body, S3Json.Default.SegmentResultDocument, key).ToResult() : null;

    /// <param name="page">The page, from 0.</param>
    /// <param name="numbers">Which of its results are there.</param>
    /// <param name="cancellationToken">Stops between calls.</param>
    internal async Task<IReadOnlyCollection<SegmentResult>> ReadAsync(
        int page,
        IReadOnlyList<int> numbers,
        CancellationToken cancellationToken
    )
    {
        var key = S3BatchSegments.KeyOf(run, "result-pages", page);
        if (numbers.Count == Size && await bucket.FindAsync(key, cancellationToken) is { } stored)
            return
            [
                .. S3Json
                    .Read(stored.Body, S3Json.Default.SegmentResultPageDocument, key)
                    .Results.Select(result => result.ToResult()),
            ];
        var results = new ConcurrentBag<SegmentResult>();
        var options = new ParallelOptions
        {
            MaxDegreeOfParallelism = callsInFlight,
            CancellationToken = cancellationToken,
        };
        await Parallel.ForEachAsync(numbers, options, async (number, cancellation) =>
        {
            if (await FindAsync(bucket, S3BatchSegments.KeyOf(run, "results", number), cancellation) is { } result)
                results.Add(result);
        });
        if (results.Count == Size)
        {
            var document = new SegmentResultPageDocument(
                S3Json.Format,
                [.. results.Select(SegmentResultDocument.From)]
            );
            await bucket.PutAsync(
                key,
                S3Json.Write(document, S3Json.Default.SegmentResultPageDocument),
                PutCondition.Always,
                cancellationToken
            );
        }
        return results;
    }
}
