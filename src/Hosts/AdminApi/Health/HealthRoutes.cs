using MediatR;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Recommendation.AdminApi.Http;
using Recommendation.Application.Overview;

namespace Recommendation.AdminApi.Health;

/// <summary>Whether it lives, and whether it can work.</summary>
internal static class HealthRoutes
{
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(2);

    internal static JsonHttpResult<HealthDocument> Live() =>
        TypedResults.Json(new HealthDocument("ok", []), ApiJson.Wire.HealthDocument);

    internal static async Task<JsonHttpResult<HealthDocument>> ReadyAsync(
        IMediator mediator,
        ServerPaths paths,
        CancellationToken cancellationToken
    )
    {
        var checkedNow = await mediator.Send(new CheckDependencies(s_limit), cancellationToken);
        var document = new HealthDocument(
            checkedNow.AreReady ? "ok" : "failed",
            [
                .. checkedNow.Dependencies.Select(dependency => new DependencyDocument(
                    dependency.Name,
                    dependency.Problem is null ? "ok" : "failed",
                    dependency.Problem is { } problem ? paths.Hide(problem) : null
                )),
            ]
        );
        return TypedResults.Json(
            document,
            ApiJson.Wire.HealthDocument,
            contentType: null,
            checkedNow.AreReady ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable
        );
    }
}

/// <summary>How it is.</summary>
/// <param name="Status"><c>ok</c> or <c>failed</c>.</param>
/// <param name="Dependencies">What it works with; empty where only the process was asked for.</param>
internal sealed record HealthDocument(string Status, IReadOnlyList<DependencyDocument> Dependencies);

/// <summary>How a dependency is.</summary>
/// <param name="Problem">What is wrong with it; null where nothing is.</param>
internal sealed record DependencyDocument(string Name, string Status, string? Problem);
