using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Recommendation.AdminApi.Batches;
using Recommendation.AdminApi.Experiments;
using Recommendation.AdminApi.Health;
using Recommendation.AdminApi.Interactions;
using Recommendation.AdminApi.Items;
using Recommendation.AdminApi.Models;
using Recommendation.AdminApi.Overview;
using Recommendation.AdminApi.Pages;
using Recommendation.AdminApi.Quarantine;
using Recommendation.AdminApi.Scenarios;
using Recommendation.AdminApi.Users;
using Recommendation.Application.Batches;
using Recommendation.Application.Erasures;
using Recommendation.Application.Experiments;
using Recommendation.Application.Feedback;
using Recommendation.Application.Items;
using Recommendation.Application.Models;
using Recommendation.Application.Profiles;
using Recommendation.Application.Quarantine;
using Recommendation.Application.Receipts;
using Recommendation.Application.Recommendations;
using Recommendation.Domain.Scenarios;

namespace Recommendation.AdminApi.Http;

/// <summary>How bodies are read and written, without reflection. Absent values are null, never left out.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    RespectRequiredConstructorParameters = true,
    RespectNullableAnnotations = true)]
[JsonSerializable(typeof(string[]))]
[JsonSerializable(typeof(int?))]
[JsonSerializable(typeof(bool?))]
[JsonSerializable(typeof(ProblemDocument))]
[JsonSerializable(typeof(HealthDocument))]
[JsonSerializable(typeof(AppendedDocument))]
[JsonSerializable(typeof(IReadOnlyList<EventBody>))]
[JsonSerializable(typeof(IReadOnlyList<ImpressionBody>))]
[JsonSerializable(typeof(AppendedImpressionsDocument))]
[JsonSerializable(typeof(ListDocument))]
[JsonSerializable(typeof(MetricsDocument))]
[JsonSerializable(typeof(ItemMetricsDocument))]
[JsonSerializable(typeof(ItemDaysDocument))]
[JsonSerializable(typeof(ExperimentHistoryView))]
[JsonSerializable(typeof(ExperimentsView))]
[JsonSerializable(typeof(ExperimentResultView))]
[JsonSerializable(typeof(ExperimentBody))]
[JsonSerializable(typeof(EndExperimentBody))]
[JsonSerializable(typeof(PromoteVariantBody))]
[JsonSerializable(typeof(UserDocument))]
[JsonSerializable(typeof(ExplanationDocument))]
[JsonSerializable(typeof(WhatIfBody))]
[JsonSerializable(typeof(PreviewedDocument))]
[JsonSerializable(typeof(ItemDocument))]
[JsonSerializable(typeof(BatchesDocument))]
[JsonSerializable(typeof(BatchDetailDocument))]
[JsonSerializable(typeof(BatchDocument))]
[JsonSerializable(typeof(ModelsDocument))]
[JsonSerializable(typeof(PointerDocument))]
[JsonSerializable(typeof(QuarantineDocument))]
[JsonSerializable(typeof(DismissDocument))]
[JsonSerializable(typeof(DismissBody))]
[JsonSerializable(typeof(OverviewDocument))]
[JsonSerializable(typeof(ItemsDocument))]
[JsonSerializable(typeof(IReadOnlyList<ItemBody>))]
[JsonSerializable(typeof(ItemPatchBody))]
[JsonSerializable(typeof(ItemPreviewDocument))]
[JsonSerializable(typeof(SimilarBody))]
[JsonSerializable(typeof(ImportedItemsDocument))]
[JsonSerializable(typeof(StartRunBody))]
[JsonSerializable(typeof(BatchPreviewDocument))]
[JsonSerializable(typeof(TrainBody))]
[JsonSerializable(typeof(PromoteBody))]
[JsonSerializable(typeof(TrainingDocument))]
[JsonSerializable(typeof(TrainingsDocument))]
[JsonSerializable(typeof(RedriveBody))]
[JsonSerializable(typeof(RedriveDocument))]
[JsonSerializable(typeof(ExportDocument))]
[JsonSerializable(typeof(MergeBody))]
[JsonSerializable(typeof(MergedUserDocument))]
[JsonSerializable(typeof(UserAttributesDocument))]
[JsonSerializable(typeof(Dictionary<string, JsonElement>))]
[JsonSerializable(typeof(SignedReceipt))]
[JsonSerializable(typeof(ErasureStatusDocument))]
[JsonSerializable(typeof(ErasuresDocument))]
[JsonSerializable(typeof(ReceiptKey))]
[JsonSerializable(typeof(Scenario))]
[JsonSerializable(typeof(RecommendUsersBody))]
[JsonSerializable(typeof(UserListsDocument))]
[JsonSerializable(typeof(ScenariosDocument))]
[JsonSerializable(typeof(ScenarioPreviewBody))]
[JsonSerializable(typeof(ScenarioPreviewDocument))]
[JsonSerializable(typeof(RecommendBody))]
[JsonSerializable(typeof(SeenBody))]
[JsonSerializable(typeof(SeenDocument))]
[JsonSerializable(typeof(PageListBody))]
[JsonSerializable(typeof(PageListDocument))]
internal sealed partial class ApiJson : JsonSerializerContext
{
    /// <summary>As it goes over the wire: titles stay readable, since no answer is ever part of a page.</summary>
    internal static ApiJson Wire => Relaxed.Json;

    /// <summary>A class of its own, since it is made of what the generated part of this one makes.</summary>
    private static class Relaxed
    {
        internal static readonly ApiJson Json = new(
            new JsonSerializerOptions(Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }
        );
    }
}
