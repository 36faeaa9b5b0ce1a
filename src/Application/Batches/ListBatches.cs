using FluentValidation;
using MediatR;
using Recommendation.Application.Ports;
using Recommendation.Domain.Batches;

namespace Recommendation.Application.Batches;

/// <summary>The latest runs, newest start first.</summary>
public sealed record ListBatches(int Limit = 20) : IRequest<ListedBatches>
{
    internal sealed class Validator : AbstractValidator<ListBatches>
    {
        public Validator() => RuleFor(request => request.Limit).InclusiveBetween(1, 1000).WithMessage("Ask for 1–1,000 runs.");
    }

    internal sealed class Handler(IBatchRuns runs) : IRequestHandler<ListBatches, ListedBatches>
    {
        public async Task<ListedBatches> Handle(ListBatches request, CancellationToken cancellationToken) =>
            new(await runs.ListAsync(request.Limit, cancellationToken));
    }
}

/// <summary>Some runs.</summary>
public sealed record ListedBatches(IReadOnlyList<BatchRun> Runs);
