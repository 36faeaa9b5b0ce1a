using MediatR;
using Recommendation.Application.Ports;

namespace Recommendation.Application.Models;

/// <summary>
/// Makes the model current that was so before; asking again goes further back, never to a model that was rolled back.
/// </summary>
public sealed record RollbackModel : IRequest<ModelPointer>
{
    internal sealed class Handler(IModelStore models) : IRequestHandler<RollbackModel, ModelPointer>
    {
        public async Task<ModelPointer> Handle(RollbackModel request, CancellationToken cancellationToken)
        {
            var current = await models.CurrentAsync(cancellationToken);
            if (current.Previous is not { } previous)
                throw new RefusedException("There is no earlier model to go back to.")
                {
                    Hint = new(NextStep.ListModels),
                };
            return await models.PointAsync(ModelMove.BackTo(previous), current, cancellationToken);
        }
    }
}
