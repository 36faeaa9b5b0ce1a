using MediatR;
using Recommendation.Application.Ports;

namespace Recommendation.Application.Models;

/// <summary>The published models, newest first, and which one is current.</summary>
public sealed record ListModels : IRequest<ListedModels>
{
    internal sealed class Handler(IModelStore models) : IRequestHandler<ListModels, ListedModels>
    {
        public async Task<ListedModels> Handle(ListModels request, CancellationToken cancellationToken) =>
            new(await models.ListAsync(cancellationToken), await models.CurrentAsync(cancellationToken));
    }
}

/// <summary>The models and the pointer.</summary>
public sealed record ListedModels(IReadOnlyList<ModelDescription> Models, ModelPointer Current);
