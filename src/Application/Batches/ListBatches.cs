using FluentValidation;
using MediatR;
using Recommendation.Application.Ports;
using Recommendation.Domain.Batches;

namespace Recommendation.Application.Batches;

/// <summary>The latest runs, newest start first.</summary>
/// <param name="Limit">How many to give at most; 1–1,000.</param>
/// <param name="After">The last run of the page before; null for the first page. Runs that start meanwhile change no
/// later page.</param>
public sealed record ListBatches(int Limit = 20, BatchPlace? After = null) : IRequest<ListedBatches>
{
    internal sealed class Validator : AbstractValidator<ListBatches>
    {
        public Validator() =>
            RuleFor(request => request.Limit).InclusiveBetween(1, 1000).WithMessage("Ask for 1–1,000 runs.");
    }

    internal sealed class Handler(IBatchRuns runs, RunsAsTheyAre known) : IRequestHandler<ListBatches, ListedBatches>
    {
        // More than a year of nightly runs: what is older is found by its id.
        private const int Looked = 10_000;

        public async Task<ListedBatches> Handle(ListBatches request, CancellationToken cancellationToken)
        {
            if (request.After is not { } after)
            {
                var first = await runs.ListAsync(request.Limit + 1, cancellationToken);
                return await PageAsync(first, request.Limit, cancellationToken);
            }
            var all = await runs.ListAsync(Looked, cancellationToken);
            return await PageAsync(
                [.. all.Where(run => BatchPlace.Of(run).CompareTo(after) < 0)],
                request.Limit,
                cancellationToken
            );
        }

        private async Task<ListedBatches> PageAsync(
            IReadOnlyList<BatchRun> found,
            int limit,
            CancellationToken cancellationToken
        )
        {
            var page = await known.OfAsync([.. found.Take(limit)], cancellationToken);
            return new ListedBatches(page, found.Count > limit ? BatchPlace.Of(page[^1]) : null);
        }
    }
}

/// <summary>Some runs.</summary>
/// <param name="Next">Where the next page begins: after this one; null where there is none.</param>
public sealed record ListedBatches(IReadOnlyList<BatchRun> Runs, BatchPlace? Next = null);

/// <summary>A place in the list of runs, which goes from the newest start down.</summary>
public readonly record struct BatchPlace(DateTimeOffset StartedAt, BatchRunId Id) : IComparable<BatchPlace>
{
    public static BatchPlace Of(BatchRun run)
    {
        ArgumentNullException.ThrowIfNull(run);
        return new(run.StartedAt, run.Id);
    }

    public int CompareTo(BatchPlace other)
    {
        var order = StartedAt.UtcTicks.CompareTo(other.StartedAt.UtcTicks);
        return order == 0 ? Id.CompareTo(other.Id) : order;
    }
}
