using Microsoft.Extensions.Logging;
using Recommendation.Application.Batches;
using Recommendation.Application.Ports;
using Recommendation.Domain.Batches;

namespace Recommendation.Local.Files;

/// <summary>
/// <c>batch-runs/{runId}/run.json</c>, and the lease: a document that says who has it and until when, and a file that
/// the holder keeps locked. The operating system unlocks it when the holder dies, so a dead run's lease
/// is free at once.
/// </summary>
internal sealed class FolderBatchRuns(string folder, TimeProvider time, ILogger? logger = null)
    : IBatchRuns,
        IBatchLeases,
        IDisposable
{
    // Names of runs don't begin with a dot, so what does is ours.
    private const string Lease = ".lease.json";

    private readonly string _folder = Path.Combine(Path.GetFullPath(folder), "batch-runs");
    private readonly Dictionary<string, FileStream> _held = new(StringComparer.Ordinal);

    private string LeasePath => Path.Combine(_folder, Lease);

    public Task<BatchLease> LeaseAsync(BatchLease lease, DateTimeOffset now, CancellationToken cancellationToken) =>
        UnderGuardAsync(
            async current =>
            {
                var isRenewal = current?.ToLease().IsHeldBy(lease) == true;
                if (current is not null && !isRenewal && current.ExpiresAt > now && IsAlive(current.Holder))
                    return current.ToLease();
                if (current is not null && !isRenewal)
                    LetGo(current.Holder);
                var document = LeaseDocument.From(lease);
                Hold(document.Holder);
                await AtomicFile.WriteAsync(LeasePath, document, LocalJson.Default.LeaseDocument, cancellationToken);
                return lease;
            },
            cancellationToken);

    public Task<BatchLease?> FindHeldAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        // Whoever only looks makes no folder.
        return File.Exists(LeasePath) ? UnderGuardAsync(Held, cancellationToken) : Task.FromResult<BatchLease?>(null);

        Task<BatchLease?> Held(LeaseDocument? current) =>
            Task.FromResult(
                current is not null && current.ExpiresAt > now && IsAlive(current.Holder) ? current.ToLease() : null
            );
    }

    public Task ReleaseAsync(BatchLease lease, CancellationToken cancellationToken) =>
        UnderGuardAsync(
            current =>
            {
                if (current?.ToLease().IsHeldBy(lease) == true)
                    File.Delete(LeasePath);
                LetGo(LeaseDocument.From(lease).Holder);
                return Task.FromResult(true);
            },
            cancellationToken);

    public Task<BatchRun?> FindAsync(BatchRunId id, CancellationToken cancellationToken) =>
        FolderFault.TranslateAsync(_folder, () => ReadAsync(PathOf(id.Value), cancellationToken));

    public Task<BatchRun> SaveAsync(BatchRun run, BatchRun? replaces, CancellationToken cancellationToken) =>
        FolderFault.TranslateAsync(
            _folder,
            async () =>
            {
                using var guard = await new FolderGuard(Path.Combine(_folder, ".runs.lock"), time).EnterAsync(
                    cancellationToken
                );
                var current = await ReadAsync(PathOf(run.Id.Value), cancellationToken);
                if (current != replaces)
                    return current ?? throw new StoreUnavailableException($"The record of run '{run.Id}' is gone.");
                await AtomicFile.WriteAsync(
                    PathOf(run.Id.Value),
                    RunDocument.From(run),
                    LocalJson.Default.RunDocument,
                    cancellationToken
                );
                return run;
            }
        );

    public Task<IReadOnlyList<BatchRun>> ListAsync(int limit, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(limit);
        return FolderFault.TranslateAsync<IReadOnlyList<BatchRun>>(_folder, async () =>
        {
            var runs = new List<BatchRun>();
            foreach (var path in Directory.Exists(_folder) ? Directory.GetDirectories(_folder) : [])
            {
                var file = PathOf(Path.GetFileName(path));
                if (await DamagedFile.SkipAsync(() => ReadAsync(file, cancellationToken), logger) is { } run)
                    runs.Add(run);
            }
            return [.. runs.OrderByDescending(run => run.StartedAt).ThenByDescending(run => run.Id).Take(limit)];
        });
    }

    /// <summary>Frees what this process holds, as its end would.</summary>
    public void Dispose()
    {
        foreach (var file in _held.Values)
            file.Dispose();
        _held.Clear();
    }

    private Task<T> UnderGuardAsync<T>(Func<LeaseDocument?, Task<T>> work, CancellationToken cancellationToken) =>
        FolderFault.TranslateAsync(
            _folder,
            async () =>
            {
                using var guard = await new FolderGuard(Path.Combine(_folder, ".lease.lock"), time).EnterAsync(
                    cancellationToken
                );
                return await work(
                    await AtomicFile.ReadAsync(LeasePath, LocalJson.Default.LeaseDocument, cancellationToken)
                );
            }
        );

    /// <summary>Whether a process keeps the holder's file locked; this one does so with those that it holds.</summary>
    private bool IsAlive(string holder)
    {
        if (_held.ContainsKey(holder))
            return true;
        var path = HolderPath(holder);
        if (!File.Exists(path))
            return false;
        using var file = FolderGuard.TryLock(path);
        return file is null;
    }

    /// <summary>Locks the holder's file, unless it is locked by somebody who goes on with the same attempt.</summary>
    private void Hold(string holder)
    {
        if (!_held.ContainsKey(holder) && FolderGuard.TryLock(HolderPath(holder)) is { } file)
            _held[holder] = file;
    }

    private void LetGo(string holder)
    {
        if (_held.Remove(holder, out var file))
            file.Dispose();
        File.Delete(HolderPath(holder));
    }

    /// <summary>
    /// The holder's file; its name comes from a file that anybody may have changed, and it is deleted in the end.
    /// </summary>
    /// <exception cref="StoredFormatException">The name is not that of a file of ours.</exception>
    private string HolderPath(string holder) =>
        LeaseDocument.IsHolder(holder)
            ? Path.Combine(_folder, holder)
            : throw new StoredFormatException(
                $"'{LeasePath}' is damaged: it names '{holder}' as its holder. Delete it if no run is going."
            );

    private static async Task<BatchRun?> ReadAsync(string path, CancellationToken cancellationToken) =>
        (await AtomicFile.ReadAsync(path, LocalJson.Default.RunDocument, cancellationToken))?.As(
            stored => stored.ToRun(),
            path
        );

    private string PathOf(string run) => Path.Combine(_folder, run, "run.json");
}
