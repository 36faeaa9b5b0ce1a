using System.Diagnostics.CodeAnalysis;
using FluentValidation;
using MediatR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Recommendation.Application.Batches;
using Recommendation.Application.Erasures;
using Recommendation.Application.Experiments;
using Recommendation.Application.Feedback;
using Recommendation.Application.Interactions;
using Recommendation.Application.Items;
using Recommendation.Application.Models;
using Recommendation.Application.Overview;
using Recommendation.Application.Pipeline;
using Recommendation.Application.Ports;
using Recommendation.Application.Profiles;
using Recommendation.Application.Quarantine;
using Recommendation.Application.Receipts;
using Recommendation.Application.Recommendations;
using Recommendation.Application.Retrieval;
using Recommendation.Application.Scenarios;
using Recommendation.Domain.Batches;
using Recommendation.Domain.Experiments;
using Recommendation.Domain.Items;
using Recommendation.Domain.Profiles;
using Recommendation.Domain.Scenarios;

namespace Recommendation.Application;

/// <summary>The table of contents: the pipeline in its order, and every use case.</summary>
public static class ApplicationServices
{
    // What the container makes; said to the linker, which takes away what nobody calls.
    private const DynamicallyAccessedMemberTypes Constructed = DynamicallyAccessedMemberTypes.PublicConstructors;

    /// <summary>Registers the use cases; the builder's <c>Use…</c> methods add a platform.</summary>
    public static RecommendationBuilder AddRecommendation(
        this IServiceCollection services,
        Action<RecommendationOptions>? configure = null
    )
    {
        services.AddApplication(configure);
        return new RecommendationBuilder(services);
    }

    private static void AddApplication(this IServiceCollection services, Action<RecommendationOptions>? configure)
    {
        services.AddLogging();
        services.TryAddSingleton(TimeProvider.System);
        AddOptions(services, configure);

        services.AddScoped<IMediator>(provider => new Mediator(provider.GetService));
        services.AddScoped(typeof(IPipelineBehavior<,>), typeof(TelemetryBehaviour<,>));
        services.AddScoped(typeof(IPipelineBehavior<,>), typeof(ValidationBehaviour<,>));

        services.AddUseCase<
            AppendInteractions,
            AppendedInteractions,
            AppendInteractions.Handler,
            AppendInteractions.Validator
        >();
        services.AddUseCase<
            AppendImpressions,
            AppendedInteractions,
            AppendImpressions.Handler,
            AppendImpressions.Validator
        >();
        services.TryAddSingleton<IUserLog, WholeUserLog>();
        services.AddUseCase<CompactLog, CompactedLog, CompactLog.Handler, CompactLog.Validator>();
        services.AddUseCase<
            ImportInteractions,
            ImportedInteractions,
            ImportInteractions.Handler,
            ImportInteractions.Validator
        >();
        services.AddUseCase<ExportInteractions, ExportedInteractions, ExportInteractions.Handler>();

        services.AddScoped<UserMemories>().AddScoped<ErasedRecords>();
        services.AddUseCase<UpdateProfiles, UpdatedProfiles, UpdateProfiles.Handler, UpdateProfiles.Validator>();
        services.AddUseCase<CatchUpProfiles, CaughtUpProfiles, CatchUpProfiles.Handler, CatchUpProfiles.Validator>();
        services.AddUseCase<GetProfile, UserProfile?, GetProfile.Handler>();
        services.AddUseCase<ShowUser, ShownUser, ShowUser.Handler>();
        services.AddUseCase<MergeUsers, MergedUser, MergeUsers.Handler>();
        services.AddUseCase<FindUserAttributes, FoundUserAttributes, FindUserAttributes.Handler>();
        services.AddUseCase<ChangeUserAttributes, FoundUserAttributes, ChangeUserAttributes.Handler>();
        services.AddUseCase<VerifyReceipt, VerifiedReceipt, VerifyReceipt.Handler>();
        services.AddUseCase<ShowReceiptKey, ReceiptKey, ShowReceiptKey.Handler>();
        services.AddUseCase<ReplaceReceiptKey, ReceiptKey, ReplaceReceiptKey.Handler>();
        services.AddUseCase<ExportUser, ExportedUser, ExportUser.Handler>();
        services.AddUseCase<RebuildProfiles, RebuiltProfiles, RebuildProfiles.Handler, RebuildProfiles.Validator>();
        services.AddUseCase<ExportProfiles, ExportedProfiles, ExportProfiles.Handler>();

        services.AddSingleton<RunningErasures>();
        services.AddScoped<ErasureSteps>().AddScoped<ErasureReceipts>().AddScoped<ErasureJob>();
        services.AddScoped<ErasureRequests>();
        services.AddUseCase<ForgetUser, ForgottenUser, ForgetUser.Handler>();
        services.AddUseCase<RequestErasure, ForgottenUser, RequestErasure.Handler>();
        services.AddUseCase<ResumeErasures, ListedErasures, ResumeErasures.Handler>();
        services.AddUseCase<EraseRestored, ListedErasures, EraseRestored.Handler>();
        services.AddUseCase<ListErasures, ListedErasures, ListErasures.Handler>();
        services.AddUseCase<FindErasure, ForgottenUser, FindErasure.Handler>();

        services.AddScoped<HoldoutReader>();
        services.AddScoped<GateCheck>();
        services.AddScoped<OldModels>();
        services.AddUseCase<PrepareTraining, TrainingInput, PrepareTraining.Handler, PrepareTraining.Validator>();
        services.AddUseCase<TrainModel, GatedModel, TrainModel.Handler>();
        services.AddUseCase<GateModel, GatedModel, GateModel.Handler, GateModel.Validator>();
        services.AddUseCase<OpenModel, Stream, OpenModel.Handler>();
        services.AddUseCase<ListModels, ListedModels, ListModels.Handler, ListModels.Validator>();
        services.AddUseCase<PromoteModel, ModelPointer, PromoteModel.Handler>();
        services.AddUseCase<RollbackModel, ModelPointer, RollbackModel.Handler>();

        services.AddSingleton<PopularFallback>();
        services.AddSingleton<CatalogueIndex>().AddSingleton<Narrowing>().AddSingleton<Variants>();
        services.AddSingleton<ExplorationFigures>();
        services.AddScoped<RetrievalPipeline>().AddScoped<SimilarContent>();

        services.AddSingleton<UpdateGroups>().AddSingleton<SegmentPace>().AddSingleton<LeaseRenewals>();
        services.AddScoped<SegmentPlanner>();
        services.AddScoped<SegmentRanking>().AddScoped<SegmentLists>();
        services.AddScoped<RunsAsTheyAre>();
        services.AddUseCase<PlanBatch, BatchRun, PlanBatch.Handler, PlanBatch.Validator>();
        services.AddUseCase<
            GenerateRecommendations,
            SegmentResult,
            GenerateRecommendations.Handler,
            GenerateRecommendations.Validator
        >();
        services.AddUseCase<CompleteBatch, BatchRun, CompleteBatch.Handler>();
        services.AddUseCase<RunBatch, BatchRun, RunBatch.Handler>();
        services.AddUseCase<
            EvaluateStoredLists, StoredListsQuality, EvaluateStoredLists.Handler, EvaluateStoredLists.Validator>();
        services.AddUseCase<PreviewBatch, PreviewedBatch, PreviewBatch.Handler>();
        services.AddUseCase<CancelBatch, BatchRun, CancelBatch.Handler>();
        services.AddUseCase<ListBatches, ListedBatches, ListBatches.Handler, ListBatches.Validator>();
        services.AddUseCase<ShowBatch, ShownBatch, ShowBatch.Handler>();

        services.AddScoped<UserLists>().AddSingleton<RecommendationIds>();
        services.AddUseCase<Recommend, ShownList, Recommend.Handler, Recommend.Validator>();
        services.AddUseCase<SimilarItems, ShownList, SimilarItems.Handler, SimilarItems.Validator>();
        services.AddUseCase<PopularItems, ShownList, PopularItems.Handler, PopularItems.Validator>();
        services.AddUseCase<
            CountPopularWindows,
            CountedWindows,
            CountPopularWindows.Handler,
            CountPopularWindows.Validator
        >();
        services.AddUseCase<PopularInWindow, ShownList, PopularInWindow.Handler, PopularInWindow.Validator>();
        services.AddUseCase<ExplainRecommendation, ExplainedItem, ExplainRecommendation.Handler>();
        services.AddUseCase<PreviewEvent, PreviewedEvent, PreviewEvent.Handler, PreviewEvent.Validator>();
        services.AddUseCase<ExportRecommendations, ExportedRecommendations, ExportRecommendations.Handler>();

        services.AddSingleton<ScenarioCatalogue>();
        services.AddScoped<ScenarioCompiler>().AddScoped<ScenarioSchema>().AddScoped<ScenarioWrites>();
        services.AddScoped<NewestSource>().AddScoped<ScenarioSource>()
            .AddScoped<PromotedItems>().AddScoped<ExploredItems>().AddScoped<ScenarioLists>();
        services.AddUseCase<PutScenario, ScenarioVersion, PutScenario.Handler, PutScenario.Validator>();
        services.AddUseCase<DeleteScenario, ScenarioVersion, DeleteScenario.Handler>();
        services.AddUseCase<ListScenarios, ListedScenarios, ListScenarios.Handler>();
        services.AddUseCase<PreviewScenario, PreviewedScenario, PreviewScenario.Handler>();
        services.AddUseCase<
            RecommendForScenario, ShownList, RecommendForScenario.Handler, RecommendForScenario.Validator>();
        services.AddUseCase<
            RecommendForUsers, RecommendedLists, RecommendForUsers.Handler, RecommendForUsers.Validator>();

        services.AddUseCase<ListQuarantine, ListedQuarantine, ListQuarantine.Handler, ListQuarantine.Validator>();
        services.AddUseCase<RedriveQuarantine, RedrivenQuarantine, RedriveQuarantine.Handler>();
        services.AddUseCase<
            DismissQuarantine,
            DismissedQuarantine,
            DismissQuarantine.Handler,
            DismissQuarantine.Validator
        >();

        services.AddUseCase<CountFeedback, CountedFeedback, CountFeedback.Handler>();
        services.AddUseCase<DeriveFeedback, DerivedFigures, DeriveFeedback.Handler>();
        services.AddUseCase<ShowMetrics, MetricTable, ShowMetrics.Handler, ShowMetrics.Validator>();
        services.AddUseCase<ShowItemMetrics, ItemMetricTable, ShowItemMetrics.Handler, ShowItemMetrics.Validator>();
        services.AddUseCase<ShowItemDays, ItemDays, ShowItemDays.Handler, ShowItemDays.Validator>();
        services.AddUseCase<CheckFeedback, CheckedFeedback, CheckFeedback.Handler>();

        services.AddSingleton<RunningExperiments>();
        services.AddUseCase<StartExperiment, Experiment, StartExperiment.Handler>();
        services.AddUseCase<ListExperiments, ListedExperiments, ListExperiments.Handler>();
        services.AddUseCase<ShowExperiment, ShownExperiment, ShowExperiment.Handler>();
        services.AddUseCase<ShowExperimentHistory, ExperimentHistory, ShowExperimentHistory.Handler>();
        services.AddUseCase<EndExperiment, Experiment, EndExperiment.Handler>();
        services.AddUseCase<PlanExperiment, ExperimentPlan, PlanExperiment.Handler, PlanExperiment.Validator>();

        services.AddUseCase<GetOverview, OverviewState, GetOverview.Handler>();
        services.AddUseCase<CheckDependencies, CheckedDependencies, CheckDependencies.Handler>();

        services.AddScoped<ItemChecks>();
        services.AddUseCase<PutItems, ImportedItems, PutItems.Handler>();
        services.AddUseCase<PreviewItems, PreviewedItems, PreviewItems.Handler>();
        services.AddUseCase<ImportItems, ImportedItems, ImportItems.Handler>();
        services.AddUseCase<MergeItems, ImportedItems, MergeItems.Handler>();
        services.AddUseCase<FillItems, FilledItems, FillItems.Handler>();
        services.AddUseCase<PatchItem, CatalogItem, PatchItem.Handler>();
        services.AddUseCase<DeleteItems, DeletedItems, DeleteItems.Handler, DeleteItems.Validator>();
        services.AddUseCase<FindItems, FoundItems, FindItems.Handler, FindItems.Validator>();
        services.AddUseCase<SearchItems, ItemPage, SearchItems.Handler, SearchItems.Validator>();
    }

    private static void AddOptions(IServiceCollection services, Action<RecommendationOptions>? configure)
    {
        var options = services.AddOptions<RecommendationOptions>();
        if (configure is not null)
            options.Configure(configure);
        services.TryAddEnumerable(
            ServiceDescriptor.Singleton<IValidateOptions<RecommendationOptions>, OptionsValidator>()
        );
        services.TryAddSingleton(provider => provider.GetRequiredService<IOptions<RecommendationOptions>>().Value);
        services.TryAddSingleton(provider => provider.GetRequiredService<RecommendationOptions>().ToProfilePolicy());
        services.TryAddSingleton(provider => provider.GetRequiredService<RecommendationOptions>().EventTypes);
    }

    private static void AddUseCase<TRequest, TResponse, [DynamicallyAccessedMembers(Constructed)] THandler>(
        this IServiceCollection services
    )
        where TRequest : IRequest<TResponse>
        where THandler : class, IRequestHandler<TRequest, TResponse> =>
        services.AddScoped<IRequestHandler<TRequest, TResponse>, THandler>();

    private static void AddUseCase<
        TRequest,
        TResponse,
        [DynamicallyAccessedMembers(Constructed)] THandler,
        [DynamicallyAccessedMembers(Constructed)] TValidator
    >(this IServiceCollection services)
        where TRequest : IRequest<TResponse>
        where THandler : class, IRequestHandler<TRequest, TResponse>
        where TValidator : class, IValidator<TRequest>
    {
        services.AddUseCase<TRequest, TResponse, THandler>();
        services.AddSingleton<IValidator<TRequest>, TValidator>();
    }

    private sealed class OptionsValidator : IValidateOptions<RecommendationOptions>
    {
        public ValidateOptionsResult Validate(string? name, RecommendationOptions options)
        {
            var problems = options.Problems().ToList();
            return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
        }
    }
}
