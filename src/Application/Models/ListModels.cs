using MediatR;
using Recommendation.Application.Ports;

namespace Recommendation.Application.Models;

/// <summary>The published models, newest first, and which one is current.</summary>
/// <param name="Candidates">Whether to list candidates whose refitted model is listed, too.</param>
public sealed record ListModels(bool Candidates = false) : IRequest<ListedModels>
{
    internal sealed class Handler(IModelStore models) : IRequestHandler<ListModels, ListedModels>
    {
        public async Task<ListedModels> Handle(ListModels request, CancellationToken cancellationToken)
        {
            var all = await models.ListAsync(cancellationToken);
            var refitted = all.Select(model => model.Refit?.Candidate).ToHashSet();
            return new(
                request.Candidates
                    ? all
                    : [.. all.Where(model => !model.IsCandidate || !refitted.Contains(model.Version))],
                await models.CurrentAsync(cancellationToken)
            );
        }
    }
}

/// <summary>The models and the pointer.</summary>
public sealed record ListedModels(IReadOnlyList<ModelDescription> Models, ModelPointer Current);
