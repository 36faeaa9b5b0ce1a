using System.Globalization;
using Recommendation.Application.Batches;
using Recommendation.Application.Erasures;
using Recommendation.Application.Ports;
using Recommendation.Domain.Batches;
using Recommendation.Domain.Interactions;

namespace Recommendation.Aws.S3;

/// <summary>
/// Frozen segments and their results under <c>batch-runs/{runId}/</c>, and the documents under
/// <c>batch-results/{date}/</c>.
/// </summary>
internal sealed class S3BatchSegments(Bucket bucket) : IBatchSegments, IErasable
{
    private const int PublishRetries = 10;
    private const int CallsInFlight = 64;

    /// <summary>How many segments a part of an erasure reads.</summary>
    private const int SegmentsAtOnce = 50;

    public async Task SnapshotAsync(
        BatchRunId run,
        int segment,
        IReadOnlyList<UserId> users,
        CancellationToken cancellationToken
    )
    {
        // The first one of a plan: what an earlier plan froze must not be found by who lists the segments.
        if (segment > 0 && segment % BatchRun.NumbersOfPlan == 0)
            await RemoveSegmentsAsync(run, segment, cancellationToken);
        var body = S3Json.Write(StoredSegmentDocument.From(run, segment, users), S3Json.Default.StoredSegmentDocument);
        await bucket.PutAsync(KeyOf(run, "segments", segment), body, PutCondition.Always, cancellationToken);
    }

    public async Task<IReadOnlyList<UserId>> UsersAsync(
        BatchRunId run,
        int segment,
        CancellationToken cancellationToken
    )
    {
        var key = KeyOf(run, "segments", segment);
        var stored = await bucket.FindAsync(key, cancellationToken)
            ?? throw new StoreUnavailableException($"Run {run} has no segment {segment}; plan it again.");
        return S3Json.Read(stored.Body, S3Json.Default.StoredSegmentDocument, key).ToUsers();
    }

    public async Task<SegmentResult> RecordAsync(
        BatchRunId run,
        SegmentResult result,
        CancellationToken cancellationToken
    )
    {
        var key = KeyOf(run, "results", result.Number);
        var body = S3Json.Write(SegmentResultDocument.From(result), S3Json.Default.SegmentResultDocument);
        if (await bucket.PutAsync(key, body, PutCondition.Absent, cancellationToken) is not null)
            return result;
        return await SegmentResultPages.FindAsync(bucket, key, cancellationToken)
            ?? throw new StoreUnavailableException(
                $"{bucket.Subject}: the result of segment {result.Number} of run {run} was removed while it was read."
            );
    }

    /// <summary>
    /// A thousand results that are all there are put into one object, so that reading those of a large run goes on
    /// where it was cut off.
    /// </summary>
    public async Task<IReadOnlyList<SegmentResult>> ResultsAsync(BatchRunId run, CancellationToken cancellationToken)
    {
        var pages = new SegmentResultPages(bucket, run, CallsInFlight);
        var numbers = await bucket
            .KeysAsync($"batch-runs/{run}/results/", cancellationToken)
            .Select(NumberOf)
            .Where(number => number is not null)
            .Select(number => number!.Value)
            .ToListAsync(cancellationToken);
        var results = new List<SegmentResult>(numbers.Count);
        foreach (var page in numbers.GroupBy(number => number / SegmentResultPages.Size))
            results.AddRange(await pages.ReadAsync(page.Key, [.. page], cancellationToken));
        return [.. results.OrderBy(result => result.Number)];
    }

    public async Task PublishAsync(BatchRun run, CancellationToken cancellationToken)
    {
        var body = S3Json.Write(ResultsDocument.From(run), S3Json.Default.ResultsDocument);
        var day = string.Create(CultureInfo.InvariantCulture, $"batch-results/{run.Date:yyyy-MM-dd}");
        await bucket.PutAsync($"{day}/{run.Id}/results.json", body, PutCondition.Always, cancellationToken);

        var ofDay = $"{day}/results.json";
        for (var attempt = 0; attempt < PublishRetries; attempt++)
        {
            var stored = await bucket.FindAsync(ofDay, cancellationToken);
            if (stored is not null && S3Json.Read(stored.Body, S3Json.Default.ResultsDocument, ofDay).IsLaterThan(run))
                return;
            if (await bucket.PutAsync(ofDay, body, PutCondition.Unchanged(stored), cancellationToken) is not null)
                return;
        }
        throw new StoreUnavailableException(
            $"{bucket.Subject}: the day's results kept changing; complete run {run.Id} again."
        );
    }

    public string Place => PersonalDataPlaces.Segments;

    public async Task<ErasedPart> EraseAsync(ErasureWork work, CancellationToken cancellationToken)
    {
        var (removed, read) = (0L, 0);
        await foreach (var key in bucket.KeysAsync("batch-runs/", work.After, cancellationToken))
        {
            if (!key.Contains("/segments/", StringComparison.Ordinal))
                continue;
            removed += await EraseAsync(key, work.User, cancellationToken);
            if (++read == SegmentsAtOnce)
                return new ErasedPart(removed, key);
        }
        return new ErasedPart(removed);
    }

    private async Task<long> EraseAsync(string key, UserId user, CancellationToken cancellationToken)
    {
        while (await bucket.FindAsync(key, cancellationToken) is { } stored)
        {
            var document = S3Json.Read(stored.Body, S3Json.Default.StoredSegmentDocument, key);
            var users = document.ToUsers();
            if (!users.Contains(user))
                return 0;
            var body = S3Json.Write(
                document.With(ErasedUser.Replaced(users, user)),
                S3Json.Default.StoredSegmentDocument
            );
            if (await bucket.PutAsync(key, body, PutCondition.Unchanged(stored), cancellationToken) is null)
                continue; // Planned anew in the meantime.
            await new ObjectVersions(bucket).RemoveEarlierAsync(key, cancellationToken);
            return 1;
        }
        return 0;
    }

    private async Task RemoveSegmentsAsync(BatchRunId run, int before, CancellationToken cancellationToken)
    {
        var keys = new List<string>();
        await foreach (var key in bucket.KeysAsync($"batch-runs/{run}/segments/", cancellationToken))
        {
            if (NumberOf(key) < before)
                keys.Add(key);
        }
        await Parallel.ForEachAsync(
            keys, new ParallelOptions { MaxDegreeOfParallelism = CallsInFlight, CancellationToken = cancellationToken },
            async (key, cancellation) => await bucket.DeleteAsync(key, cancellation));
    }

    private static int? NumberOf(string key) =>
        int.TryParse(
            Path.GetFileNameWithoutExtension(key),
            NumberStyles.None,
            CultureInfo.InvariantCulture,
            out var number
        )
            ? number
            : null;

    internal static string KeyOf(BatchRunId run, string kind, int number) =>
        string.Create(CultureInfo.InvariantCulture, $"batch-runs/{run}/{kind}/{number:D6}.json");
}
