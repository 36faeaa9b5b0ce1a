using System.Globalization;
using Recommendation.Application;
using Recommendation.Application.Erasures;
using Recommendation.Application.Ports;
using Recommendation.Domain.Batches;
using Recommendation.Domain.Recommendations;

namespace Recommendation.Local.Files;

/// <summary>Files under <c>batch-results/{date}/{runId}/lists</c>; none where no format is registered.</summary>
internal sealed class FolderBatchLists(string folder, TimeProvider time, IListFiles? format) : IBatchLists, IErasable
{
    /// <summary>Longer than a file takes to be written.</summary>
    private static readonly TimeSpan s_writing = TimeSpan.FromSeconds(30);

    private readonly string _results = Path.Combine(Path.GetFullPath(folder), "batch-results");

    public Task SaveAsync(
        BatchRun run,
        int segment,
        IReadOnlyList<RecommendationList> lists,
        CancellationToken cancellationToken
    ) =>
        FolderFault.TranslateAsync(
            _results,
            async () =>
            {
                if (format is null)
                    return false;
                var name = string.Create(CultureInfo.InvariantCulture, $"{segment:000000}.{format.Extension}");
                await AtomicFile.WriteAsync(
                    Path.Combine(FolderOf(run), name),
                    await format.WriteAsync(lists, cancellationToken),
                    cancellationToken
                );
                return true;
            }
        );

    public Task RemoveAsync(BatchRun run, CancellationToken cancellationToken) =>
        FolderFault.TranslateAsync(
            _results,
            () =>
            {
                if (Directory.Exists(FolderOf(run)))
                    Directory.Delete(FolderOf(run), recursive: true);
                return Task.FromResult(true);
            }
        );

    public string Place => PersonalDataPlaces.Lists;

    /// <summary>Rewrites the files of one run after the other, in the order of their days and names.</summary>
    public Task<ErasedPart> EraseAsync(ErasureWork work, CancellationToken cancellationToken) =>
        FolderFault.TranslateAsync(_results, async () =>
        {
            if (Folders().FirstOrDefault(name => string.CompareOrdinal(name, work.After) > 0) is not { } next)
                return new ErasedPart(0);
            var removed = 0L;
            foreach (var path in Directory.GetFiles(Path.Combine(_results, next, "lists")))
                removed += await EraseAsync(path, work, cancellationToken) ? 1 : 0;
            return new ErasedPart(removed, next);
        });

    private async Task<bool> EraseAsync(string path, ErasureWork work, CancellationToken cancellationToken)
    {
        if (path.EndsWith(".tmp", StringComparison.Ordinal))
        {
            RemoveUnfinished(path);
            return false;
        }
        if (format is null || !path.EndsWith($".{format.Extension}", StringComparison.Ordinal))
            throw new StoreUnavailableException(
                $"'{path}' may hold lists of the user, and this program can't rewrite it: register its format, or "
                    + "delete the file."
            );
        try
        {
            if (
                await format.WithoutAsync(
                    await File.ReadAllBytesAsync(path, cancellationToken),
                    work.User,
                    cancellationToken
                )
                is not { } rest
            )
                return false;
            await AtomicFile.WriteAsync(path, rest, cancellationToken);
            return true;
        }
        catch (StoredFormatException problem)
        {
            throw new StoreUnavailableException(
                $"'{path}' may hold lists of the user, and can't be read: delete it, and erase again.",
                problem
            );
        }
    }

    /// <summary>Deletes what a writer left that died before it renamed its file.</summary>
    private void RemoveUnfinished(string path)
    {
        if (File.GetLastWriteTimeUtc(path) > ShiftedTimeProvider.RealNow(time).UtcDateTime - s_writing)
            throw new StoreUnavailableException(
                $"'{path}' is being written; the erasure goes on in {s_writing.TotalSeconds} seconds."
            );
        File.Delete(path);
    }

    /// <summary>The runs that have lists, as <c>day/run</c>.</summary>
    private IEnumerable<string> Folders() =>
        Directory.Exists(_results)
            ? Directory
                .GetDirectories(
                    _results,
                    "lists",
                    new EnumerationOptions { RecurseSubdirectories = true, MaxRecursionDepth = 2 }
                )
                .Select(path => Path.GetRelativePath(_results, Path.GetDirectoryName(path)!))
                .Order(StringComparer.Ordinal)
            : [];

    private string FolderOf(BatchRun run) =>
        Path.Combine(_results, run.Date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), run.Id.Value, "lists");
}
