using MediatR;
using Recommendation.Application.Ports;
using Recommendation.Domain.Models;

namespace Recommendation.Application.Models;

/// <summary>Makes a published model the current one.</summary>
/// <param name="Version">The model.</param>
/// <param name="Expected">The pointer that the gate compared with (<see cref="GatedModel.Expected"/>): another one
/// refuses. Null for whichever there is.</param>
/// <param name="Force">Whether to take a model that the gate turned away.</param>
public sealed record PromoteModel(ModelVersion Version, ModelPointer? Expected = null, bool Force = false)
    : IRequest<ModelPointer>
{
    internal sealed class Handler(IModelStore models) : IRequestHandler<PromoteModel, ModelPointer>
    {
        public async Task<ModelPointer> Handle(PromoteModel request, CancellationToken cancellationToken)
        {
            var current = await models.CurrentAsync(cancellationToken);
            if (current.Version == request.Version)
                return current;
            if (request is { Expected: null, Force: false })
                await RequirePassedAsync(request.Version, cancellationToken);
            return await models.PointAsync(request.Version, request.Expected ?? current, cancellationToken);
        }

        private async Task RequirePassedAsync(ModelVersion version, CancellationToken cancellationToken)
        {
            var model = (await models.ListAsync(cancellationToken)).FirstOrDefault(one => one.Version == version);
            if (model is { IsCandidate: true, Gate: not { Passed: false } })
                throw new RefusedException(
                    $"Model {version} is a candidate: it was trained without the newest interactions, only to be "
                        + "measured. Promote the model that was refitted from it, or this one with --force."
                )
                {
                    Hint = new(NextStep.ListModels),
                };
            if (model?.Gate is { Passed: false } verdict)
                throw new RefusedException(
                    $"The gate turned model {version} away. {string.Join(' ', verdict.Reasons)} Promote it with "
                        + "--force if you know better."
                );
        }
    }
}
