using System.Globalization;
using Recommendation.Application.Erasures;
using Recommendation.Application.Ports;
using Recommendation.Domain.Batches;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Recommendations;

namespace Recommendation.Aws.S3;

/// <summary>Objects under <c>batch-results/{date}/{runId}/lists/</c>; none where no format is registered.</summary>
internal sealed class S3BatchLists(Bucket bucket, IListFiles? format = null) : IBatchLists, IErasable
{
    private const string Results = "batch-results/";
    private const string Lists = "/lists/";
    private const int CallsInFlight = 8;

    /// <summary>How many files a part of an erasure reads.</summary>
    private const int FilesAtOnce = 50;

    public async Task SaveAsync(
        BatchRun run,
        int segment,
        IReadOnlyList<RecommendationList> lists,
        CancellationToken cancellationToken
    )
    {
        if (format is null)
            return;
        var key = string.Create(CultureInfo.InvariantCulture, $"{PrefixOf(run)}{segment:D6}.{format.Extension}");
        await bucket.PutAsync(
            key,
            await format.WriteAsync(lists, cancellationToken),
            PutCondition.Always,
            cancellationToken
        );
    }

    public async Task RemoveAsync(BatchRun run, CancellationToken cancellationToken) => await Parallel.ForEachAsync(
        bucket.KeysAsync(PrefixOf(run), cancellationToken),
        new ParallelOptions { MaxDegreeOfParallelism = CallsInFlight, CancellationToken = cancellationToken },
        async (key, cancellation) => await bucket.DeleteAsync(key, cancellation));

    public string Place => PersonalDataPlaces.Lists;

    public async Task<ErasedPart> EraseAsync(ErasureWork work, CancellationToken cancellationToken)
    {
        var keys = new List<string>();
        await foreach (var key in bucket.KeysAsync(Results, work.After, cancellationToken))
        {
            if (key.Contains(Lists, StringComparison.Ordinal))
                keys.Add(key);
            if (keys.Count == FilesAtOnce)
                break;
        }
        var removed = 0L;
        await Parallel.ForEachAsync(
            keys,
            new ParallelOptions { MaxDegreeOfParallelism = CallsInFlight, CancellationToken = cancellationToken },
            async (key, cancellation) => Interlocked.Add(ref removed, await EraseAsync(key, work.User, cancellation)));
        return new ErasedPart(removed, keys.Count == FilesAtOnce ? keys[^1] : null);
    }

    private async Task<long> EraseAsync(string key, UserId user, CancellationToken cancellationToken)
    {
        if (format is null || !key.EndsWith($".{format.Extension}", StringComparison.Ordinal))
            throw new StoreUnavailableException(
                $"{bucket.Subject}: {key} may hold lists of the user, and this program can't rewrite it: register "
                    + "its format, or delete the object."
            );
        while (await bucket.FindAsync(key, cancellationToken) is { } stored)
        {
            if (await WithoutAsync(key, stored.Body, user, cancellationToken) is not { } rest)
                return 0;
            if (await bucket.PutAsync(key, rest, PutCondition.Unchanged(stored), cancellationToken) is null)
                continue; // The segment was ranked again in the meantime.
            await new ObjectVersions(bucket).RemoveEarlierAsync(key, cancellationToken);
            return 1;
        }
        return 0;
    }

    private async Task<byte[]?> WithoutAsync(
        string key,
        byte[] content,
        UserId user,
        CancellationToken cancellationToken
    )
    {
        try
        {
            return await format!.WithoutAsync(content, user, cancellationToken);
        }
        catch (StoredFormatException problem)
        {
            throw new StoreUnavailableException(
                $"{bucket.Subject}: {key} may hold lists of the user, and can't be read: delete it, and erase again.",
                problem
            );
        }
    }

    private static string PrefixOf(BatchRun run) =>
        string.Create(CultureInfo.InvariantCulture, $"{Results}{run.Date:yyyy-MM-dd}/{run.Id}{Lists}");
}
