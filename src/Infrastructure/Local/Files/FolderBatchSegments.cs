using System.Globalization;
using Recommendation.Application;
using Recommendation.Application.Batches;
using Recommendation.Application.Erasures;
using Recommendation.Application.Ports;
using Recommendation.Domain.Batches;
using Recommendation.Domain.Interactions;

namespace Recommendation.Local.Files;

/// <summary>
/// Segments and their results under <c>batch-runs/{runId}</c>, results documents under <c>batch-results</c>.
/// </summary>
internal sealed class FolderBatchSegments(string folder, TimeProvider time) : IBatchSegments, IErasable
{
    /// <summary>Longer than a segment takes to be written.</summary>
    private static readonly TimeSpan s_writing = TimeSpan.FromSeconds(30);

    private readonly string _runs = Path.Combine(Path.GetFullPath(folder), "batch-runs");
    private readonly string _results = Path.Combine(Path.GetFullPath(folder), "batch-results");

    public Task SnapshotAsync(
        BatchRunId run,
        int segment,
        IReadOnlyList<UserId> users,
        CancellationToken cancellationToken
    ) =>
        FolderFault.TranslateAsync(
            _runs,
            async () =>
            {
                var document = new StoredSegmentDocument(
                    StoredJson.NewestFormat,
                    [.. users.Select(user => user.Value)]
                );
                await AtomicFile.WriteAsync(
                    SegmentPath(run, segment),
                    document,
                    LocalJson.Default.StoredSegmentDocument,
                    cancellationToken
                );
                return true;
            }
        );

    public Task<IReadOnlyList<UserId>> UsersAsync(BatchRunId run, int segment, CancellationToken cancellationToken) =>
        FolderFault.TranslateAsync<IReadOnlyList<UserId>>(
            _runs,
            async () =>
            {
                var document =
                    await AtomicFile.ReadAsync(
                        SegmentPath(run, segment),
                        LocalJson.Default.StoredSegmentDocument,
                        cancellationToken
                    ) ?? throw new StoreUnavailableException($"Run '{run}' has no segment {segment}: plan it again.");
                return [.. document.Users.Select(UserId.FromStored)];
            }
        );

    public Task<SegmentResult> RecordAsync(BatchRunId run, SegmentResult result, CancellationToken cancellationToken) =>
        FolderFault.TranslateAsync(
            _runs,
            async () =>
            {
                var path = ResultPath(run, result.Number);
                // A rename that does not replace is not atomic in .NET (it looks first), so putting if
                // absent takes a guard.
                using var guard = await new FolderGuard(
                    Path.Combine(_runs, run.Value, ".results.lock"),
                    time
                ).EnterAsync(cancellationToken);
                if (await ReadResultAsync(path, cancellationToken) is { } existing)
                    return existing;
                await AtomicFile.WriteAsync(
                    path,
                    SegmentResultDocument.From(result),
                    LocalJson.Default.SegmentResultDocument,
                    cancellationToken
                );
                return result;
            }
        );

    public Task<IReadOnlyList<SegmentResult>> ResultsAsync(BatchRunId run, CancellationToken cancellationToken) =>
        FolderFault.TranslateAsync<IReadOnlyList<SegmentResult>>(_runs, async () =>
        {
            var results = Path.Combine(_runs, run.Value, "results");
            var found = new List<SegmentResult>();
            foreach (var path in Directory.Exists(results) ? Directory.GetFiles(results, "*.json") : [])
            {
                if (await ReadResultAsync(path, cancellationToken) is { } result)
                    found.Add(result);
            }
            return [.. found.OrderBy(result => result.Number)];
        });

    public Task PublishAsync(BatchRun run, CancellationToken cancellationToken) =>
        FolderFault.TranslateAsync(_results, async () =>
        {
            var document = ResultsDocument.From(run);
            var date = run.Date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
            var own = Path.Combine(_results, date, run.Id.Value, "results.json");
            await AtomicFile.WriteAsync(own, document, LocalJson.Default.ResultsDocument, cancellationToken);

            using var guard = await new FolderGuard(Path.Combine(_results, ".publish.lock"), time).EnterAsync(
                cancellationToken
            );
            var day = Path.Combine(_results, date, "results.json");
            var named = await AtomicFile.ReadAsync(day, LocalJson.Default.ResultsDocument, cancellationToken);
            if (named?.IsLaterThan(run) != true)
                await AtomicFile.WriteAsync(day, document, LocalJson.Default.ResultsDocument, cancellationToken);
            return true;
        }
        );

    public string Place => PersonalDataPlaces.Segments;

    /// <summary>Replaces the user in one run after the other, in the order of their names.</summary>
    public Task<ErasedPart> EraseAsync(ErasureWork work, CancellationToken cancellationToken) =>
        FolderFault.TranslateAsync(_runs, async () =>
        {
            string[] runs = Directory.Exists(_runs) ? Directory.GetDirectories(_runs) : [];
            var later = runs.Select(path => Path.GetFileName(path))
                .Where(run => string.CompareOrdinal(run, work.After) > 0);
            if (later.Order(StringComparer.Ordinal).FirstOrDefault() is not { } next)
                return new ErasedPart(0);
            var removed = 0L;
            var segments = Path.Combine(_runs, next, "segments");
            foreach (var path in Directory.Exists(segments) ? Directory.GetFiles(segments) : [])
            {
                if (path.EndsWith(".json", StringComparison.Ordinal))
                    removed += await EraseAsync(path, work.User, cancellationToken) ? 1 : 0;
                else
                    RemoveUnfinished(path);
            }
            return new ErasedPart(removed, next);
        });

    /// <summary>Deletes what a writer left that died before it renamed its file.</summary>
    /// <exception cref="StoreUnavailableException">It may be at work still.</exception>
    private void RemoveUnfinished(string path)
    {
        if (File.GetLastWriteTimeUtc(path) > ShiftedTimeProvider.RealNow(time).UtcDateTime - s_writing)
            throw new StoreUnavailableException(
                $"'{path}' is being written; the erasure goes on in {s_writing.TotalSeconds} seconds."
            );
        File.Delete(path);
    }

    private static async Task<bool> EraseAsync(string path, UserId user, CancellationToken cancellationToken)
    {
        if (
            await AtomicFile.ReadAsync(path, LocalJson.Default.StoredSegmentDocument, cancellationToken)
                is not { } document
            || !document.Users.Contains(user.Value, StringComparer.Ordinal)
        )
            return false;
        UserId[] users = [.. document.Users.Select(UserId.FromStored)];
        var replaced = document with { Users = [.. ErasedUser.Replaced(users, user).Select(one => one.Value)] };
        await AtomicFile.WriteAsync(path, replaced, LocalJson.Default.StoredSegmentDocument, cancellationToken);
        return true;
    }

    private static async Task<SegmentResult?> ReadResultAsync(string path, CancellationToken cancellationToken) =>
        (await AtomicFile.ReadAsync(path, LocalJson.Default.SegmentResultDocument, cancellationToken))?.ToResult();

    private string SegmentPath(BatchRunId run, int segment) =>
        Path.Combine(_runs, run.Value, "segments", FileName(segment));

    private string ResultPath(BatchRunId run, int segment) =>
        Path.Combine(_runs, run.Value, "results", FileName(segment));

    private static string FileName(int segment) => string.Create(CultureInfo.InvariantCulture, $"{segment:00000}.json");
}
