using MediatR;
using Recommendation.Application.Ports;
using Recommendation.Domain.Models;

namespace Recommendation.Application.Models;

/// <summary>Makes a published model the current one.</summary>
public sealed record PromoteModel(ModelVersion Version) : IRequest<ModelPointer>
{
    internal sealed class Handler(IModelStore models) : IRequestHandler<PromoteModel, ModelPointer>
    {
        public async Task<ModelPointer> Handle(PromoteModel request, CancellationToken cancellationToken)
        {
            var current = await models.CurrentAsync(cancellationToken);
            return current.Version == request.Version ? current : await models.PointAsync(request.Version, current, cancellationToken);
        }
    }
}
