using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Recommendation.AdminApi.Batches;
using Recommendation.AdminApi.Health;
using Recommendation.AdminApi.Http;
using Recommendation.AdminApi.Interactions;
using Recommendation.AdminApi.Items;
using Recommendation.AdminApi.Models;
using Recommendation.AdminApi.OpenApi;
using Recommendation.AdminApi.Overview;
using Recommendation.AdminApi.Quarantine;
using Recommendation.AdminApi.StaticFiles;
using Recommendation.AdminApi.Users;
using static Recommendation.AdminApi.Security.Role;

namespace Recommendation.AdminApi;

/// <summary>The table of contents: every route, who may call it, and what it does.</summary>
internal static class Routes
{
    internal static void MapApi(this WebApplication app)
    {
        app.MapGet("/healthz", HealthRoutes.Live).Says("Whether the process lives.");
        app.MapGet("/readyz", HealthRoutes.ReadyAsync).Says("Whether every dependency answers.");

        var v1 = app.MapGroup("/v1");
        v1.MapGet("/overview", OverviewRoutes.GetAsync).For(Reader).Says("How it is now, on one page.");

        v1.MapPost("/interactions", InteractionRoutes.PostAsync).For(Writer).Says("Take in one event, or up to 500.");

        v1.MapGet("/users/{id}", UserRoutes.GetAsync).For(Reader).Says("What is kept of a user.");
        v1.MapDelete("/users/{id}", ErasureRoutes.DeleteAsync).For(Operator).Says("Erase a user; the answer is a signed receipt.");
        v1.MapGet("/users/{id}/recommendations", UserRoutes.RecommendAsync).For(Reader).Says("What to offer a user now, and why.");
        v1.MapGet("/users/{id}/explain/{item}", ExplainRoutes.ExplainAsync).For(Reader).Says("Why an item is, or is not, offered to a user.");
        v1.MapPost("/users/{id}/what-if", ExplainRoutes.WhatIfAsync).For(Reader).WithMetadata(NotRemembered.Instance).Says("How one more event would change a user's list; nothing is stored.");
        v1.MapGet("/users/{id}/export", UserRoutes.ExportAsync).For(Operator).Says("Everything that is kept of a user.");

        v1.MapGet("/items", ItemRoutes.FindAsync).For(Reader).Says("Items of the catalogue, by their ids.");
        v1.MapPut("/items", ItemRoutes.PutAsync).For(Writer).Says("Add or replace up to 1,000 items.");
        v1.MapGet("/items/popular", ItemRoutes.PopularAsync).For(Reader).Says("What is popular now.");
        v1.MapGet("/items/{id}", ItemRoutes.GetAsync).For(Reader).Says("An item of the catalogue.");
        v1.MapGet("/items/{id}/similar", ItemRoutes.SimilarAsync).For(Reader).Says("What goes with an item.");

        v1.MapGet("/batch-runs", BatchRoutes.ListAsync).For(Reader).Says("The latest runs, newest first.");
        v1.MapPost("/batch-runs", BatchRoutes.PostAsync).For(Operator).Says("Start a run, or say what it would do.");
        v1.MapGet("/batch-runs/{id}", BatchRoutes.GetAsync).For(Reader).Says("A run, how far it is, and its segments.");
        v1.MapPost("/batch-runs/{id}/cancel", BatchRoutes.CancelAsync).For(Operator).Says("Stop a run after the segments being ranked.");

        v1.MapGet("/models", ModelRoutes.ListAsync).For(Reader).Says("The models, newest first, and which one is current.");
        v1.MapPost("/models", ModelRoutes.Train).For(Operator).Says("Train a model.");
        v1.MapGet("/trainings/{id}", ModelRoutes.GetTraining).For(Reader).Says("How far a training is.");
        v1.MapPost("/models/{version}/promote", ModelRoutes.PromoteAsync).For(Operator).Says("Make a model the current one.");
        v1.MapPost("/models/rollback", ModelRoutes.RollbackAsync).For(Operator).Says("Go back to the model that was current before.");

        v1.MapGet("/quarantine", QuarantineRoutes.ListAsync).For(Operator).Says("Rejected records, oldest arrival first.");
        v1.MapPost("/quarantine/redrive", QuarantineRoutes.RedriveAsync).For(Operator).Says("Judge rejected records again, and append what is valid now.");

        v1.MapGet("/erasures", ErasureRoutes.ListAsync).For(Operator).Says("Erasures that are not finished, or the latest ones.");
        v1.MapGet("/erasures/{id}", ErasureRoutes.GetAsync).For(Operator).Says("How far an erasure is, and its receipt.");
        v1.MapGet("/receipt-key", UserRoutes.ReceiptKeyAsync).For(Reader).Says("The public key that receipts of erasure are checked with.");

        app.MapApiDescription();
        app.MapDashboard();
    }
}
