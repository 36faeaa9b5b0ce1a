using FluentValidation;
using MediatR;
using Microsoft.Extensions.Logging;
using Recommendation.Application.Ports;
using Recommendation.Domain.Batches;
using Recommendation.Domain.Interactions;

namespace Recommendation.Application.Batches;

/// <summary>
/// Ranks and saves for one frozen segment of a run. Doing it again gives the same result: the
/// first recorded one stands.
/// </summary>
public sealed record GenerateRecommendations(BatchRunId Run, int Segment) : IRequest<SegmentResult>
{
    /// <summary>
    /// What an earlier request did of the segment before its time was up; null for the whole segment.
    /// </summary>
    public SegmentResult? Progress { get; init; }

    /// <summary>
    /// When to stop, if it takes that long: no more calls begin, and what waits for a store that is short of capacity
    /// is left for later. The answer is partial, and nothing is recorded yet.
    /// </summary>
    public DateTimeOffset? Deadline { get; init; }

    /// <summary>How many users are ranked in one call.</summary>
    public const int UsersPerCall = 200;

    /// <summary>How many calls to the ranker are under way at once.</summary>
    public const int CallsInFlight = 8;

    internal sealed class Validator : AbstractValidator<GenerateRecommendations>
    {
        public Validator()
        {
            RuleFor(request => request.Segment).GreaterThanOrEqualTo(0).WithMessage("Segments are numbered from 0.");
            RuleFor(request => request.Progress)
                .Must(
                    (request, done) =>
                        done is null
                        || (
                            done.IsPartial
                            && done.Number == request.Segment
                            && done.Counts is { Ranked: >= 0, Fallback: >= 0, Failed: >= 0, Skipped: >= 0 }
                        )
                )
                .WithMessage("What was done so far is not of a part of this segment.");
            RuleForEach(request => request.Progress!.Left)
                .Must(range => range.From >= 0 && range.To > range.From)
                .When(request => request.Progress?.Left is not null)
                .WithMessage("What is left of the segment has a range of no users.");
        }
    }

    internal sealed class Handler(
        IBatchRuns runs,
        IBatchSegments segments,
        IItemCatalog catalog,
        SegmentRanking ranking,
        SegmentLists files,
        SegmentPace pace,
        LeaseRenewals lease,
        TimeProvider time,
        ILogger<GenerateRecommendations> logger
    ) : IRequestHandler<GenerateRecommendations, SegmentResult>
    {
        public async Task<SegmentResult> Handle(GenerateRecommendations request, CancellationToken cancellationToken)
        {
            var run = await runs.FindAsync(request.Run, cancellationToken)
                ?? throw RefusedException.Missing($"There is no run {request.Run}.", NextStep.ListRuns);
            if (run.State != BatchState.Ranking)
                throw new RefusedException(
                    $"Run {request.Run} is {run.State.ToText()}; only a planned run that is going ranks segments."
                );
            await lease.HoldAsync(run, cancellationToken);

            var users = await segments.UsersAsync(run.Id, request.Segment, cancellationToken);
            var unavailable = await catalog.UnavailableAsync(time.GetUtcNow(), cancellationToken);
            var done = request.Progress ?? new SegmentResult(request.Segment, default, 0, null);
            var places = done.LeftOf(users.Count).ToArray();
            Dictionary<UserId, UserOutcome> outcomes =
                places.Length == 0 && request.Progress is not null
                    ? []
                    : await RankAsync(
                        run,
                        [.. places.Select(place => users[place])],
                        unavailable,
                        request.Deadline,
                        cancellationToken
                    );
            var left = places.Where(place => !outcomes.ContainsKey(users[place])).ToArray();
            var result = Add(done, outcomes.Values) with
            {
                IsPartial = left.Length > 0,
                Left = left.Length > 0 ? PlaceRange.Of(left) : null,
            };
            if (result.IsPartial)
                return result;
            // The file takes a call of its own: the lists of the calls before are read back for it, and there may be
            // little time left.
            if (request is { Progress: not null, Deadline: not null } && outcomes.Count > 0 && files.AreKept)
                return result with { IsPartial = true, Left = [] };
            await files.SaveAsync(run, request.Segment, users, outcomes, cancellationToken);
            return await RecordAsync(run, result, cancellationToken);
        }

        /// <returns>The outcomes of those users whose turn came before the time was up.</returns>
        private async Task<Dictionary<UserId, UserOutcome>> RankAsync(
            BatchRun run,
            UserId[] users,
            IReadOnlySet<ItemId> unavailable,
            DateTimeOffset? until,
            CancellationToken cancellationToken
        )
        {
            var now = time.GetUtcNow();
            using var timeIsUp =
                until > now ? new CancellationTokenSource(until.Value - now, time) : new CancellationTokenSource();
            var round = new Round(run, unavailable, until, timeIsUp.Token);
            if (until is null || pace.IsKnown)
                return await RankAsync(round, users, cancellationToken);
            // Alone, for one call after the other finds out how fast the stores are.
            var first = await RankAsync(round, users[..Math.Min(UsersPerCall, users.Length)], cancellationToken);
            if (users.Length > UsersPerCall && !(timeIsUp.IsCancellationRequested || time.GetUtcNow() >= until))
            {
                foreach (var (user, outcome) in await RankAsync(round, users[UsersPerCall..], cancellationToken))
                    first.Add(user, outcome);
            }
            return first;
        }

        private async Task<Dictionary<UserId, UserOutcome>> RankAsync(
            Round round,
            UserId[] users,
            CancellationToken cancellationToken
        )
        {
            var started = time.GetTimestamp();
            var (size, calls) = pace.Plan(round.Deadline - time.GetUtcNow());
            var chunks = users.Chunk(size).ToArray();
            var outcomes = new IReadOnlyDictionary<UserId, UserOutcome>?[chunks.Length];
            // The caller's scheduler: a simulation decides the order of the calls by its own.
            var parallel = new ParallelOptions
            {
                MaxDegreeOfParallelism = calls,
                CancellationToken = cancellationToken,
                TaskScheduler = TaskScheduler.Current,
            };
            await Parallel.ForAsync(0, chunks.Length, parallel,
                async (i, cancellation) =>
                {
                    // One chunk at least, however late it is, or it would never end.
                    if (
                        i == 0
                        || !(
                            round.TimeIsUp.IsCancellationRequested
                            || time.GetUtcNow() + pace.TimeFor(size) >= round.Deadline
                        )
                    )
                        outcomes[i] = await ranking.RankAsync(
                            round.Run,
                            chunks[i],
                            round.Unavailable,
                            round.TimeIsUp,
                            cancellation
                        );
                }
            );
            var done = outcomes
                .OfType<IReadOnlyDictionary<UserId, UserOutcome>>()
                .SelectMany(chunk => chunk)
                .ToDictionary();
            if (round.Deadline is not null)
                pace.Learn(
                    chunks.Zip(outcomes).Sum(chunk => chunk.Second is null ? 0 : chunk.First.Length),
                    done.Count,
                    time.GetElapsedTime(started)
                );
            return done;
        }

        private static SegmentResult Add(SegmentResult done, IReadOnlyCollection<UserOutcome> outcomes) => done with
        {
            Counts = outcomes.Aggregate(done.Counts, (sum, outcome) => sum + outcome.Counts),
            Recommendations = done.Recommendations + outcomes.Sum(outcome => (long)outcome.Recommendations),
            FirstError = done.FirstError ?? outcomes.FirstOrDefault(outcome => outcome.Error is not null).Error,
        };

        private async Task<SegmentResult> RecordAsync(
            BatchRun run,
            SegmentResult result,
            CancellationToken cancellationToken
        )
        {
            if (result.FirstError is not null)
                logger.LogWarning("Run {RunId}, segment {Segment}: {Failed} users failed, the first because: {Error}",
                    run.Id, result.Number, result.Counts.Failed, result.FirstError);
            return await segments.RecordAsync(run.Id, result, cancellationToken);
        }

        /// <summary>What all calls for the segment share.</summary>
        private sealed record Round(
            BatchRun Run,
            IReadOnlySet<ItemId> Unavailable,
            DateTimeOffset? Deadline,
            CancellationToken TimeIsUp
        );
    }
}
