using MediatR;
using Recommendation.Application.Ports;
using Recommendation.Domain.Models;

namespace Recommendation.Application.Models;

/// <summary>Opens the artefact (<c>model.tar.gz</c>) of a published model.</summary>
/// <param name="Version">The model.</param>
public sealed record OpenModel(ModelVersion Version) : IRequest<Stream>
{
    internal sealed class Handler(IModelStore models) : IRequestHandler<OpenModel, Stream>
    {
        public async Task<Stream> Handle(OpenModel request, CancellationToken cancellationToken) =>
            await models.OpenAsync(request.Version, cancellationToken)
            ?? throw new RefusedException($"There is no model {request.Version}.") { Hint = new(NextStep.ListModels) };
    }
}
