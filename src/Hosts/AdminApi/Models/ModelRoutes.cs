using MediatR;
using Recommendation.AdminApi.Http;
using Recommendation.Application.Models;

namespace Recommendation.AdminApi.Models;

/// <summary>Models: look, train, choose.</summary>
internal static class ModelRoutes
{
    internal static async Task<ModelsDocument> ListAsync(IMediator mediator, CancellationToken cancellationToken) =>
        ModelsDocument.From(await mediator.Send(new ListModels(), cancellationToken));

    internal static async Task<PointerDocument> PromoteAsync(string version, IMediator mediator, CancellationToken cancellationToken) =>
        PointerDocument.From(await mediator.Send(new PromoteModel(PathIds.Model(version)), cancellationToken));

    internal static async Task<PointerDocument> RollbackAsync(IMediator mediator, CancellationToken cancellationToken) =>
        PointerDocument.From(await mediator.Send(new RollbackModel(), cancellationToken));
}
