using MediatR;
using Recommendation.Application.Ports;
using Recommendation.Domain.Erasures;

namespace Recommendation.Application.Erasures;

/// <summary>An erasure, how far it is, and its receipt once it is finished.</summary>
public sealed record FindErasure(ErasureId Id) : IRequest<ForgottenUser>
{
    internal static RefusedException Missing(ErasureId id) =>
        RefusedException.Missing($"There is no erasure '{id}'.", NextStep.ListErasures);

    internal sealed class Handler(IErasures erasures) : IRequestHandler<FindErasure, ForgottenUser>
    {
        public async Task<ForgottenUser> Handle(FindErasure request, CancellationToken cancellationToken) =>
            ForgottenUser.From(await erasures.FindAsync(request.Id, cancellationToken) ?? throw Missing(request.Id));
    }
}
