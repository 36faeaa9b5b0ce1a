using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Recommendation.Application.Ports;
using Recommendation.Domain.Erasures;
using Recommendation.Domain.Interactions;

namespace Recommendation.Application.Erasures;

/// <summary>The erasures that this process is carrying out, so that it does not carry out one twice at once.</summary>
internal sealed class RunningErasures
{
    private readonly ConcurrentDictionary<ErasureId, bool> _running = new();

    internal bool TryBegin(ErasureId id) => _running.TryAdd(id, true);

    internal void End(ErasureId id) => _running.TryRemove(id, out _);
}

/// <summary>
/// Carries out an erasure: the tombstone, then place by place in the order of the table, a sweep after the settle time,
/// the receipt. Every step can be repeated, and what is done is stored after each part; so it can be stopped anywhere,
/// and several processes may carry out the same erasure.
/// </summary>
internal sealed class ErasureJob(
    IErasures erasures,
    ErasureSteps steps,
    ErasureReceipts receipts,
    RunningErasures running,
    TimeProvider time,
    ILogger<ErasureJob> logger
)
{
    /// <summary>Carries out an erasure until it is finished, has to wait, or the time is up.</summary>
    /// <param name="erasure">As it was stored.</param>
    /// <param name="until">When to begin no further part; null for no limit.</param>
    /// <param name="cancellationToken">Stops it; the record says how far it is.</param>
    /// <returns>The erasure as it is stored now; its problem says why it is not finished.</returns>
    internal async Task<Erasure> RunAsync(Erasure erasure, DateTimeOffset? until, CancellationToken cancellationToken)
    {
        if (!running.TryBegin(erasure.Id))
            return erasure;
        try
        {
            return await ContinueAsync(erasure, until, cancellationToken);
        }
        catch (Exception problem) when (problem is UnavailableException or StoredFormatException)
        {
            // A damaged file, too, stops this erasure alone: whoever continues erasures goes on with the others.
            logger.LogWarning(
                "Erasure {ErasureId} is interrupted and will be continued: {Problem}",
                erasure.Id,
                problem.Message
            );
            return await NoteAsync(erasure.Id, problem.Message, cancellationToken)
                ?? erasure with
                {
                    Problem = problem.Message,
                };
        }
        finally
        {
            running.End(erasure.Id);
        }
    }

    /// <summary>
    /// When an erasure that has only to be swept again can go on; null if it can go on at once, or is finished.
    /// </summary>
    internal DateTimeOffset? SweepAt(Erasure erasure) =>
        !erasure.IsFinished && IsErasedOnce(erasure) ? SweepTime(erasure) : null;

    private async Task<Erasure> ContinueAsync(
        Erasure erasure,
        DateTimeOffset? until,
        CancellationToken cancellationToken
    )
    {
        if (erasure.IsFinished)
            return erasure;
        // Not in the run that erased for the first time: were its clock ahead, it would sweep at once.
        var maySweep = IsErasedOnce(erasure);
        if (erasure.Boundary.Version == 0)
            erasure = await BuryAsync(erasure, cancellationToken);
        for (var pass = 1; pass <= Passes; pass++)
        {
            if (pass > 1 && (!maySweep || time.GetUtcNow() < SweepTime(erasure)))
                return erasure;
            foreach (var place in steps.Places)
            {
                (erasure, var isDone) = await EraseAsync(erasure, place, pass, until, cancellationToken);
                if (!isDone)
                    return erasure;
            }
            // Before whoever asked may hear that everything is erased.
            await BuryOthersAsync(erasure.User, cancellationToken);
        }
        return await FinishAsync(erasure, cancellationToken);
    }

    private async Task<Erasure> BuryAsync(Erasure erasure, CancellationToken cancellationToken)
    {
        var buried = await steps.BuryAsync(erasure, cancellationToken);
        return await ChangeAsync(
            erasure,
            one => one.Boundary.Version > 0 ? one : buried with { Version = one.Version },
            cancellationToken
        );
    }

    /// <summary>
    /// Puts the tombstones of the user's other erasures in place, as a client that asked again leaves one: continued
    /// after the answer, they would erase what the user did since.
    /// </summary>
    private async Task BuryOthersAsync(UserId user, CancellationToken cancellationToken)
    {
        var open = await erasures.ListAsync(includeFinished: false, since: null, cancellationToken)
            .Where(one => one.User == user && one.Boundary.Version == 0)
            .ToListAsync(cancellationToken);
        foreach (var other in open)
            await BuryAsync(other, cancellationToken);
    }

    private int Passes => erasures.SettleTime > TimeSpan.Zero ? 2 : 1;

    private bool IsErasedOnce(Erasure erasure) =>
        steps.Places.All(place => erasure.Places.TryGetValue(place, out var progress) && progress.Passes > 0);

    /// <summary>From the arrival in the log, which no host's clock gave.</summary>
    private DateTimeOffset SweepTime(Erasure erasure) => erasure.Boundary.ArrivedAt + erasures.SettleTime;

    /// <returns>Whether the place is done for this pass; if not, the time is up.</returns>
    private async Task<(Erasure Erasure, bool IsDone)> EraseAsync(
        Erasure erasure, string place, int pass, DateTimeOffset? until, CancellationToken cancellationToken)
    {
        while (!erasure.IsFinished && (erasure.Places.GetValueOrDefault(place)?.Passes ?? 0) < pass)
        {
            if (time.GetUtcNow() >= until)
                return (erasure, false);
            var work = new ErasureWork(
                erasure.User,
                erasure.Boundary,
                erasure.Places.GetValueOrDefault(place)?.Next,
                IsSweep: pass > 1
            );
            var part = await steps.EraseAsync(place, work, cancellationToken);
            erasure = await ChangeAsync(
                erasure,
                one => one.After(place, pass, part.Removed, part.Next),
                cancellationToken
            );
        }
        return (erasure, true);
    }

    private async Task<Erasure> FinishAsync(Erasure erasure, CancellationToken cancellationToken)
    {
        var now = ShiftedTimeProvider.RealNow(time);
        var finished = await ChangeAsync(
            erasure,
            one => one.IsFinished ? one : one with { FinishedAt = now, Problem = null },
            cancellationToken,
            async one =>
                one.Receipt is null ? one with { Receipt = await receipts.SignAsync(one, cancellationToken) } : one
        );
        logger.LogInformation("Erasure {ErasureId} is finished", finished.Id);
        return finished;
    }

    private Task<Erasure?> NoteAsync(ErasureId id, string problem, CancellationToken cancellationToken) =>
        TryAsync(async () =>
            await erasures.FindAsync(id, cancellationToken) is { } stored
                ? await ChangeAsync(stored, one => one with { Problem = problem }, cancellationToken)
                : null
        );

    private static async Task<Erasure?> TryAsync(Func<Task<Erasure?>> note)
    {
        try
        {
            return await note();
        }
        catch (UnavailableException)
        {
            return null; // The problem was logged; the record can't be reached at present.
        }
    }

    /// <summary>Stores a change; made again on what is stored if another process stored something first.</summary>
    private async Task<Erasure> ChangeAsync(
        Erasure erasure,
        Func<Erasure, Erasure> change,
        CancellationToken cancellationToken,
        Func<Erasure, Task<Erasure>>? sign = null
    )
    {
        while (true)
        {
            var changed = change(erasure);
            if (sign is not null)
                changed = await sign(changed);
            if (changed == erasure)
                return erasure;
            if (await erasures.SaveAsync(changed, cancellationToken) is { } stored)
                return stored;
            erasure =
                await erasures.FindAsync(erasure.Id, cancellationToken)
                ?? throw new StoreUnavailableException(
                    $"The record of erasure {erasure.Id} is gone; erase the user again."
                );
            if (erasure.IsFinished)
                return erasure;
        }
    }
}
