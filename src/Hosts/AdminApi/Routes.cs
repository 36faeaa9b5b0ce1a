using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Recommendation.AdminApi.Batches;
using Recommendation.AdminApi.Health;
using Recommendation.AdminApi.Interactions;
using Recommendation.AdminApi.Items;
using Recommendation.AdminApi.Models;
using Recommendation.AdminApi.Overview;
using Recommendation.AdminApi.Quarantine;
using Recommendation.AdminApi.StaticFiles;
using Recommendation.AdminApi.Users;

namespace Recommendation.AdminApi;

/// <summary>The table of contents: every route, who may call it, and what it does.</summary>
internal static class Routes
{
    internal static void MapApi(this WebApplication app)
    {
        app.MapGet("/healthz", HealthRoutes.Live);

        var v1 = app.MapGroup("/v1");
        v1.MapGet("/overview", OverviewRoutes.GetAsync);

        v1.MapPost("/interactions", InteractionRoutes.PostAsync);

        v1.MapGet("/users/{id}", UserRoutes.GetAsync);
        v1.MapGet("/users/{id}/recommendations", UserRoutes.RecommendAsync);
        v1.MapGet("/users/{id}/explain/{item}", ReasonRoutes.ExplainAsync);
        v1.MapPost("/users/{id}/what-if", ReasonRoutes.PreviewAsync);

        v1.MapGet("/items/popular", ItemRoutes.PopularAsync);
        v1.MapGet("/items/{id}", ItemRoutes.GetAsync);
        v1.MapGet("/items/{id}/similar", ItemRoutes.SimilarAsync);

        v1.MapGet("/batch-runs", BatchRoutes.ListAsync);
        v1.MapPost("/batch-runs", BatchRoutes.PostAsync);
        v1.MapGet("/batch-runs/{id}", BatchRoutes.GetAsync);
        v1.MapPost("/batch-runs/{id}/cancel", BatchRoutes.CancelAsync);

        v1.MapGet("/models", ModelRoutes.ListAsync);
        v1.MapPost("/models/{version}/promote", ModelRoutes.PromoteAsync);
        v1.MapPost("/models/rollback", ModelRoutes.RollbackAsync);

        v1.MapGet("/quarantine", QuarantineRoutes.ListAsync);

        app.MapDashboard();
    }
}
