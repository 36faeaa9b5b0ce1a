using System.Globalization;
using MediatR;
using Recommendation.Application.Ports;
using Recommendation.Domain.Interactions;

namespace Recommendation.Application.Overview;

/// <summary>Asks every dependency something small, all at once.</summary>
/// <param name="Limit">How long one may take to answer.</param>
public sealed record CheckDependencies(TimeSpan Limit) : IRequest<CheckedDependencies>
{
    private const long MiB = 1024 * 1024;

    // A nightly run and a log that grows meanwhile must not end in the middle of a write.
    private const long NeededBytes = 64 * MiB;

    private static readonly UserId s_nobody = UserId.Parse("readiness");

    internal sealed class Handler(
        IInteractionLog log,
        IProfileStore profiles,
        IRecommendationStore lists,
        IItemCatalog catalog,
        IQuarantine quarantine,
        IModelStore models,
        IBatchRuns runs,
        IRanker ranker,
        IEnumerable<IDiskSpace> disks,
        TimeProvider time
    ) : IRequestHandler<CheckDependencies, CheckedDependencies>
    {
        public async Task<CheckedDependencies> Handle(CheckDependencies request, CancellationToken cancellationToken)
        {
            var checks = new Dictionary<string, Func<CancellationToken, Task>>(StringComparer.Ordinal)
            {
                ["log"] = log.CheckAsync,
                ["profiles"] = token => profiles.LoadAsync([s_nobody], token),
                ["lists"] = token => lists.FindAsync(s_nobody, token),
                ["catalogue"] = token => catalog.FindAsync([ItemId.Parse("readiness")], token),
                ["quarantine"] = async token =>
                    await quarantine.ListAsync(includeSettled: false, token).FirstOrDefaultAsync(token),
                ["models"] = models.CurrentAsync,
                ["batch-runs"] = token => runs.ListAsync(1, token),
                ["ranker"] = token =>
                    ranker.RankAsync(
                        new RankUsers([new RankUser(s_nobody, [], 1, [])], Model: null, time.GetUtcNow()),
                        token
                    ),
            };
            if (disks.ToList() is { Count: > 0 } known)
                checks["disk"] = _ => Task.Run(() => known.ForEach(RequireSpace), CancellationToken.None);
            return new CheckedDependencies(
                await Task.WhenAll(
                    checks.Select(check => CheckAsync(check.Key, check.Value, request.Limit, cancellationToken))
                )
            );
        }

        private static void RequireSpace(IDiskSpace disk)
        {
            if (disk.AvailableBytes() is < NeededBytes and var left)
            {
                throw new StoreUnavailableException(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"The disk of the data folder has {left / MiB} MiB left; at least {NeededBytes / MiB} MiB "
                            + $"are needed. Delete what is not needed, or enlarge the disk."
                    )
                );
            }
        }

        private async Task<CheckedDependency> CheckAsync(
            string name, Func<CancellationToken, Task> ask, TimeSpan limit, CancellationToken cancellationToken)
        {
            using var late = new CancellationTokenSource(limit, time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellationToken);
            try
            {
                await ask(either.Token).WaitAsync(either.Token);
                return new CheckedDependency(name, Problem: null);
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                return new CheckedDependency(name, $"It did not answer within {limit.TotalSeconds:0.#} s.");
            }
            catch (Exception problem) when (problem is UnavailableException or StoredFormatException)
            {
                return new CheckedDependency(name, problem.Message);
            }
        }
    }
}

/// <summary>How the dependencies are.</summary>
public sealed record CheckedDependencies(IReadOnlyList<CheckedDependency> Dependencies)
{
    public bool AreReady => Dependencies.All(dependency => dependency.Problem is null);
}

/// <summary>How one is.</summary>
/// <param name="Problem">What is wrong with it, as a sentence; null where nothing is.</param>
public sealed record CheckedDependency(string Name, string? Problem);
