using System.Text.Json.Serialization;
using MediatR;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Recommendation.AdminApi.Http;
using Recommendation.AdminApi.Workers;
using Recommendation.Application.Models;

namespace Recommendation.AdminApi.Models;

/// <summary>Models: look, train, choose.</summary>
internal static class ModelRoutes
{
    internal static async Task<ModelsDocument> ListAsync(
        int? n,
        string? cursor,
        IMediator mediator,
        CancellationToken cancellationToken
    )
    {
        var request = new ListModels(Limit: n ?? 100, After: Cursor.ToModelPlace(cursor));
        return ModelsDocument.From(await mediator.Send(request, cancellationToken));
    }

    internal static Accepted<TrainingDocument> Train(TrainBody? body, Trainings trainings)
    {
        var training = trainings.Start(body ?? new TrainBody());
        return TypedResults.Accepted($"/v1/trainings/{training.Id}", training);
    }

    internal static TrainingDocument GetTraining(string id, Trainings trainings) =>
        trainings.Find(id) ?? throw Trainings.Unknown(id);

    internal static TrainingsDocument ListTrainings(Trainings trainings) => new(trainings.List());

    internal static Task<TrainingDocument> CancelTrainingAsync(
        string id,
        Trainings trainings,
        CancellationToken cancellationToken
    ) => trainings.CancelAsync(id, cancellationToken);

    internal static async Task<PointerDocument> PromoteAsync(
        string version,
        PromoteBody? body,
        IMediator mediator,
        CancellationToken cancellationToken
    ) =>
        PointerDocument.From(
            await mediator.Send(
                new PromoteModel(PathIds.Model(version), Force: body?.Force ?? false),
                cancellationToken
            )
        );

    internal static async Task<PointerDocument> RollbackAsync(
        IMediator mediator,
        CancellationToken cancellationToken
    ) => PointerDocument.From(await mediator.Send(new RollbackModel(), cancellationToken));
}

/// <summary>How to train.</summary>
/// <param name="Fast">Whether to train in one pass with fixed parameters, instead of choosing
/// them on held-out interactions.</param>
/// <param name="Force">Whether the model becomes current whatever the gate says.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record TrainBody(bool Fast = false, bool Force = false);

/// <summary>How to promote.</summary>
/// <param name="Force">Whether to take a model that the gate turned away.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record PromoteBody(bool Force = false);
