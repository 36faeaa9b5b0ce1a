using MediatR;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Recommendation.AdminApi.Http;
using Recommendation.Application.Erasures;
using Recommendation.Application.Ports;
using Recommendation.Application.Receipts;
using Recommendation.Aws.StepFunctions;
using Recommendation.Domain.Erasures;

namespace Recommendation.AdminApi.Users;

/// <summary>Erases users, and says how far erasures are.</summary>
internal static class ErasureRoutes
{
    /// <summary>How long a request carries an erasure out; what is left goes on without it.</summary>
    private static readonly TimeSpan s_within = TimeSpan.FromSeconds(20);

    /// <summary>The receipt; or, if the erasure is not finished by then, 202 and where to look for it.</summary>
    internal static async Task<Results<JsonHttpResult<SignedReceipt>, Accepted<ErasureStatusDocument>>> DeleteAsync(
        HttpContext context,
        string id,
        IMediator mediator,
        ServerPaths paths,
        ILogger<ForgetUser> logger,
        CancellationToken cancellationToken
    )
    {
        var user = PathIds.User(context, id);
        if (context.RequestServices.GetService<ErasureExecutions>() is { } executions)
            return await StartAsync(
                await mediator.Send(new RequestErasure(user), cancellationToken),
                executions,
                paths,
                logger,
                cancellationToken
            );
        var forgotten = await mediator.Send(new ForgetUser(user, s_within), cancellationToken);
        return forgotten.Receipt is { } receipt
            ? TypedResults.Json(receipt, ApiJson.Wire.SignedReceipt)
            : Accepted(forgotten, paths);
    }

    /// <summary>Where the deployed state machine carries erasures out: this function has no right to.</summary>
    private static async Task<Accepted<ErasureStatusDocument>> StartAsync(
        ForgottenUser requested,
        ErasureExecutions executions,
        ServerPaths paths,
        ILogger<ForgetUser> logger,
        CancellationToken cancellationToken
    )
    {
        foreach (var erasure in requested.MergedErasures.Prepend(requested.Id))
        {
            try
            {
                await executions.StartAsync(erasure, cancellationToken);
            }
            catch (StoreUnavailableException problem)
            {
                // The request is stored, and the schedule of the state machine takes it up within the hour.
                logger.LogError(
                    "Erasure {ErasureId} could not be started and waits for the schedule: {Problem}",
                    erasure,
                    problem.Message
                );
            }
        }
        return Accepted(requested, paths);
    }

    private static Accepted<ErasureStatusDocument> Accepted(ForgottenUser forgotten, ServerPaths paths) =>
        TypedResults.Accepted($"/v1/erasures/{forgotten.Id}", Show(forgotten, paths));

    internal static async Task<ErasuresDocument> ListAsync(
        bool? all,
        IMediator mediator,
        ServerPaths paths,
        CancellationToken cancellationToken
    )
    {
        var listed = await mediator.Send(new ListErasures(all ?? false), cancellationToken);
        return new([.. listed.Erasures.Select(erasure => Show(erasure, paths))]);
    }

    internal static async Task<ErasureStatusDocument> GetAsync(
        string id,
        IMediator mediator,
        ServerPaths paths,
        CancellationToken cancellationToken
    ) => Show(await mediator.Send(new FindErasure(PathIds.Read(ErasureId.Parse, id)), cancellationToken), paths);

    private static ErasureStatusDocument Show(ForgottenUser erasure, ServerPaths paths)
    {
        var document = ErasureStatusDocument.From(erasure);
        return document.Problem is { } problem ? document with { Problem = paths.Hide(problem) } : document;
    }
}
