using MediatR;
using Recommendation.Application.Ports;

namespace Recommendation.Application.Erasures;

/// <summary>The erasures that are not finished, oldest first; or the latest ones, newest first.</summary>
/// <param name="IncludeFinished">Whether to list finished ones as well.</param>
/// <param name="Limit">How many to list at most.</param>
public sealed record ListErasures(bool IncludeFinished = false, int Limit = 100) : IRequest<ListedErasures>
{
    internal sealed class Handler(IErasures erasures) : IRequestHandler<ListErasures, ListedErasures>
    {
        public async Task<ListedErasures> Handle(ListErasures request, CancellationToken cancellationToken) =>
            new(
                await erasures
                    .ListAsync(request.IncludeFinished, since: null, cancellationToken)
                    .Take(request.Limit)
                    .Select(ForgottenUser.From)
                    .ToListAsync(cancellationToken)
            );
    }
}
