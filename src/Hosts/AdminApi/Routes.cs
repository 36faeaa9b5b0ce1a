using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Recommendation.AdminApi.Batches;
using Recommendation.AdminApi.Experiments;
using Recommendation.AdminApi.Health;
using Recommendation.AdminApi.Http;
using Recommendation.AdminApi.Interactions;
using Recommendation.AdminApi.Items;
using Recommendation.AdminApi.Metrics;
using Recommendation.AdminApi.Models;
using Recommendation.AdminApi.OpenApi;
using Recommendation.AdminApi.Overview;
using Recommendation.AdminApi.Pages;
using Recommendation.AdminApi.Quarantine;
using Recommendation.AdminApi.Scenarios;
using Recommendation.AdminApi.Security;
using Recommendation.AdminApi.StaticFiles;
using Recommendation.AdminApi.Telemetry;
using Recommendation.AdminApi.Users;
using Recommendation.Application.Batches;
using Recommendation.Application.Erasures;
using Recommendation.Application.Interactions;
using Recommendation.Application.Receipts;
using static Microsoft.AspNetCore.Http.StatusCodes;
using static Recommendation.AdminApi.Security.Role;

namespace Recommendation.AdminApi;

/// <summary>The table of contents: every route, who may call it, and what it does.</summary>
internal static class Routes
{
    internal static void MapApi(this WebApplication app)
    {
        app.MapGet("/healthz", HealthRoutes.Live)
            .Says("getHealth", "Whether the process runs.")
            .Produces<HealthDocument>();
        app.MapGet("/readyz", HealthRoutes.ReadyAsync)
            .Says("getReadiness", "Whether every dependency answers.")
            .Produces<HealthDocument>()
            .Produces<HealthDocument>(Status503ServiceUnavailable);

        app.MapGet("/metrics", Scrapes.WriteAsync).WithMetadata(new NeededRole(Reader)).ExcludeFromDescription();

        var v1 = app.MapGroup("/v1");
        v1.MapGet("/overview", OverviewRoutes.GetAsync).For(Reader).Says("getOverview", "How it is now, on one page.");

        v1.MapPost("/interactions", InteractionRoutes.PostAsync)
            .For(Writer)
            .Says("appendInteractions", "Append one event, or up to 500.")
            .TakesMany<EventBody>(InteractionRoutes.MaximumEvents)
            .Produces<AppendedDocument>();

        v1.MapPost("/impressions", ImpressionRoutes.PostAsync)
            .For(Writer)
            .Says("appendImpressions", "Say which items of a list were on screen, or of up to 100 lists.")
            .TakesMany<ImpressionBody>(AppendImpressions.MaximumLists)
            .Produces<AppendedImpressionsDocument>();

        v1.MapGet("/users/{id}", UserRoutes.GetAsync).For(Reader).Says("getUser", "What is kept of a user.");
        v1.MapDelete("/users/{id}", ErasureRoutes.DeleteAsync).For(Operator)
            .Says("eraseUser", "Erase a user; the answer is a signed receipt, or where to look for it.")
            .Produces<SignedReceipt>().Produces<ErasureStatusDocument>(Status202Accepted);
        v1.MapGet("/users/{id}/recommendations", UserRoutes.RecommendAsync).For(Reader)
            .Says("getRecommendations", "What to offer a user now, and why.");
        v1.MapGet("/users/{id}/explain/{item}", ExplainRoutes.ExplainAsync).For(Reader)
            .Says("explainRecommendation", "Why an item is, or is not, offered to a user.");
        v1.MapPost("/users/{id}/what-if", ExplainRoutes.WhatIfAsync).For(Reader).WithMetadata(NotRemembered.Instance)
            .Says("previewEvent", "How one more event would change a user's list; nothing is stored.");
        v1.MapGet("/users/{id}/attributes", UserAttributeRoutes.GetAsync)
            .For(Reader)
            .Says("getUserAttributes", "The attributes of a user.");
        v1.MapPut("/users/{id}/attributes", UserAttributeRoutes.PutAsync)
            .For(Writer)
            .Says("putUserAttributes", "Replace the attributes of a user.");
        v1.MapPatch("/users/{id}/attributes", UserAttributeRoutes.PatchAsync)
            .For(Writer)
            .Says("patchUserAttributes", "Change attributes of a user; null removes one.");
        v1.MapDelete("/users/{id}/attributes", UserAttributeRoutes.DeleteAsync)
            .For(Writer)
            .Says("deleteUserAttributes", "Remove the attributes of a user.");
        v1.MapPost("/users/{id}/merge", MergeRoutes.PostAsync)
            .For(Writer)
            .Says("mergeUsers", "Merge an anonymous id into a user, as at a login: both are one person from then on.");
        v1.MapGet("/users/{id}/export", UserRoutes.ExportAsync)
            .For(Operator)
            .Says("exportUser", "Everything that is kept of a user.");

        v1.MapGet("/items", ItemRoutes.FindAsync)
            .For(Reader)
            .Says("findItems", "Items of the catalogue: by their ids, or those that have words and values.");
        v1.MapPut("/items", ItemRoutes.PutAsync).For(Writer).Says("putItems", "Add or replace up to 1,000 items.");
        v1.MapPost("/items/preview", ItemRoutes.PreviewAsync)
            .For(Reader)
            .WithMetadata(NotRemembered.Instance)
            .Says("previewItems", "What putting up to 1,000 items would change; nothing is stored.");
        v1.MapGet("/items/popular", ItemRoutes.PopularAsync)
            .For(Reader)
            .Says("getPopularItems", "What is popular now.");
        v1.MapGet("/items/{id}", ItemRoutes.GetAsync).For(Reader).Says("getItem", "An item of the catalogue.");
        v1.MapPatch("/items/{id}", ItemRoutes.PatchAsync)
            .For(Writer)
            .Says("patchItem", "Change what is said of an item.");
        v1.MapDelete("/items/{id}", ItemRoutes.DeleteAsync)
            .For(Writer)
            .Says("deleteItem", "Remove an item from the catalogue and from every list.");
        v1.MapGet("/items/{id}/metrics", MetricRoutes.ItemAsync)
            .For(Reader)
            .Says("getMetricsOfItem", "What lists led to with an item, day by day.");
        v1.MapGet("/items/{id}/similar", ItemRoutes.SimilarAsync)
            .For(Reader)
            .Says("getSimilarItems", "What goes with an item.");
        v1.MapPost("/items/similar", ItemRoutes.SimilarToAllAsync)
            .For(Reader)
            .WithMetadata(NotRemembered.Instance)
            .Says("findSimilarItems", "What goes with several items, such as those of a basket.");

        v1.MapPost("/recommendations", ScenarioRoutes.RecommendAsync)
            .For(Reader)
            .WithMetadata(NotRemembered.Instance)
            .Says(
                "recommend",
                "A list of a scenario, for a user, a visitor, a basket or candidates; nothing is stored."
            );
        v1.MapPost("/recommendations/batch", ScenarioRoutes.RecommendToUsersAsync)
            .For(Reader)
            .WithMetadata(NotRemembered.Instance)
            .Says("recommendToUsers", "Lists of a scenario for up to 200 users, each with a list or an error.");
        v1.MapGet("/scenarios", ScenarioRoutes.ListAsync).For(Reader).Says("listScenarios", "The scenarios in force.");
        v1.MapGet("/scenarios/{name}", ScenarioRoutes.GetAsync).For(Reader).Says("getScenario", "A scenario in force.");
        v1.MapGet("/scenarios/{name}/versions", ScenarioRoutes.VersionsAsync).For(Reader)
            .Says("listScenarioVersions", "All versions of a scenario, newest first.");
        v1.MapPut("/scenarios/{name}", ScenarioRoutes.PutAsync).For(Operator)
            .Says("putScenario", "Put a scenario in force; earlier versions are kept.");
        v1.MapDelete("/scenarios/{name}", ScenarioRoutes.DeleteAsync).For(Operator)
            .Says("deleteScenario", "Delete a scenario; its versions are kept.");
        v1.MapPost("/scenarios/{name}/preview", ScenarioRoutes.PreviewAsync).For(Reader)
            .WithMetadata(NotRemembered.Instance)
            .Says("previewScenario", "What a change of a scenario would do to a list; nothing is stored.");

        v1.MapGet("/metrics", MetricRoutes.GetAsync)
            .For(Reader)
            .Says("getMetrics", "Lists, impressions, clicks, conversions and revenue of some days.");
        v1.MapGet("/metrics/items", MetricRoutes.ItemsAsync)
            .For(Reader)
            .Says("getItemMetrics", "The items that lists led to most, or that they led to nothing with.");

        v1.MapGet("/experiments", ExperimentRoutes.ListAsync)
            .For(Reader)
            .Says("listExperiments", "All experiments, those that run first.");
        v1.MapPost("/experiments", ExperimentRoutes.StartAsync).For(Operator)
            .Says("startExperiment", "Start an experiment: its users get their variant from now on.");
        v1.MapGet("/experiments/{name}", ExperimentRoutes.GetAsync)
            .For(Reader)
            .Says("getExperiment", "What an experiment shows so far; it may be read as often as you like.");
        v1.MapGet("/experiments/{name}/history", ExperimentRoutes.HistoryAsync)
            .For(Reader)
            .Says("getExperimentHistory", "What an experiment showed at the end of each of its days.");
        v1.MapPost("/experiments/{name}/stop", ExperimentRoutes.StopAsync).For(Operator)
            .Says("stopExperiment", "Stop an experiment: everybody gets what was before.");
        v1.MapPost("/experiments/{name}/promote", ExperimentRoutes.PromoteAsync).For(Operator)
            .Says("promoteVariant", "End an experiment, and make the model of a variant the current one.");

        v1.MapGet("/batch-runs", BatchRoutes.ListAsync)
            .For(Reader)
            .Says("listBatchRuns", "The latest runs, newest first.");
        v1.MapPost("/batch-runs", BatchRoutes.PostAsync)
            .For(Operator)
            .Says("startBatchRun", "Start a run, or say what it would do.")
            .Produces<BatchPreviewDocument>()
            .Produces<BatchDocument>(Status202Accepted);
        v1.MapGet("/batch-runs/{id}", BatchRoutes.GetAsync)
            .For(Reader)
            .Says("getBatchRun", "A run, how far it is, and its segments.");
        v1.MapPost("/batch-runs/{id}/cancel", BatchRoutes.CancelAsync)
            .For(Operator)
            .Says("cancelBatchRun", "Stop a run after the segments being ranked.");

        v1.MapGet("/models", ModelRoutes.ListAsync)
            .For(Reader)
            .Says("listModels", "The models, newest first, and which one is current.");
        v1.MapPost("/models", ModelRoutes.Train).For(Operator).Says("trainModel", "Train a model.");
        v1.MapGet("/trainings", ModelRoutes.ListTrainings)
            .For(Reader)
            .Says("listTrainings", "The trainings of this server, newest first.");
        v1.MapPost("/trainings/{id}/cancel", ModelRoutes.CancelTrainingAsync)
            .For(Operator)
            .Says("cancelTraining", "Stop a training; nothing is published.");
        v1.MapGet("/trainings/{id}", ModelRoutes.GetTraining).For(Reader).Says("getTraining", "How far a training is.");
        v1.MapPost("/models/{version}/promote", ModelRoutes.PromoteAsync).For(Operator)
            .Says("promoteModel", "Make a model the current one.");
        v1.MapPost("/models/rollback", ModelRoutes.RollbackAsync).For(Operator)
            .Says("rollBackModel", "Go back to the model that was current before.");

        v1.MapGet("/quarantine", QuarantineRoutes.ListAsync).For(Operator)
            .Says("listQuarantine", "Rejected records, newest arrival first.");
        v1.MapPost("/quarantine/redrive", QuarantineRoutes.RedriveAsync).For(Operator)
            .Says("redriveQuarantine", "Validate rejected records again, and append those that are valid now.");
        v1.MapPost("/quarantine/dismiss", QuarantineRoutes.DismissAsync).For(Operator)
            .Says("dismissQuarantine", "Dismiss rejected records that are not to be sent again.");

        v1.MapGet("/erasures", ErasureRoutes.ListAsync).For(Operator)
            .Says("listErasures", "Erasures that are not finished, or the latest ones.");
        v1.MapGet("/erasures/{id}", ErasureRoutes.GetAsync)
            .For(Operator)
            .Says("getErasure", "How far an erasure is, and its receipt.");
        v1.MapGet("/receipt-key", UserRoutes.ReceiptKeyAsync)
            .For(Reader)
            .Says("getReceiptKey", "The public key that receipts of erasure are checked with.");

        // For pages, with a key of their own kind: not in the description, which clients of servers are made from.
        v1.MapPost("/browser/events", BrowserRoutes.SeenAsync).For(Browser).RequireCors(SecurityServices.Pages)
            .ExcludeFromDescription();
        v1.MapPost("/browser/recommendations", BrowserRoutes.RecommendAsync).For(Browser)
            .RequireCors(SecurityServices.Pages).ExcludeFromDescription();
        app.MapScript();

        app.MapApiDescription();
        app.MapDashboard();
    }
}
