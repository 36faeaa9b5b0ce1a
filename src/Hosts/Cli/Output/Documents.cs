using System.Text.Json.Serialization;
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
using Recommendation.Application.Scenarios;

namespace Recommendation.Cli.Output;

// The documents of --json, described in docs/cli.md. Times are yyyy-MM-ddTHH:mm:ss.fffZ; absent values are null, never
// left out.

internal sealed record ErrorDocument(ErrorDetail Error);

internal sealed record ErrorDetail(string Code, string Message);

/// <param name="UnnamedTypes">Interaction types that the settings do not name, and how many new interactions have them;
/// the 20 most frequent.</param>
internal sealed record IngestDocument(
    string File,
    string Format,
    long Rows,
    long Appended,
    long Duplicates,
    long Rejected,
    IReadOnlyDictionary<string, long> Skipped,
    IReadOnlyDictionary<string, long> UnnamedTypes,
    long Counted,
    long Items,
    string? Newest,
    IReadOnlyList<QuarantinedDocument> Examples,
    IReadOnlyList<ColumnDocument> Columns,
    IReadOnlyList<string> Notes
);

internal sealed record QuarantineDocument(IReadOnlyList<QuarantinedDocument> Records, bool More);

internal sealed record RedriveDocument(
    int Records,
    int Appended,
    int Dropped,
    IReadOnlyList<QuarantinedDocument> StillRejected
);

internal sealed record ModelsDocument(
    string? Current,
    string? Previous,
    IReadOnlyList<ModelDocument> Models,
    bool More
);

internal sealed record BatchesDocument(IReadOnlyList<BatchDocument> Runs);

internal sealed record ListDocument(
    string? UserId,
    string? ItemId,
    string Source,
    string? ModelVersion,
    string LastUpdated,
    string? RecommendationId,
    IReadOnlyList<ListedItemDocument> Recommendations
);

internal sealed record ListedItemDocument(
    string ItemId, string? Title, double Score, IReadOnlyList<TitledDocument> Because,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Source = null);

internal sealed record TitledDocument(string ItemId, string? Title);

internal sealed record ForgottenDocument(
    string ErasureId,
    string UserId,
    string State,
    string ErasedAt,
    bool Found,
    long InteractionsCounted,
    long InteractionsRemoved,
    long QuarantinedRemoved,
    string? Problem
)
{
    internal static ForgottenDocument From(ForgottenUser forgotten)
    {
        var status = ErasureStatusDocument.From(forgotten);
        return new(
            status.ErasureId,
            status.UserId,
            status.State,
            status.ErasedAt,
            status.Found,
            status.InteractionsCounted,
            status.InteractionsRemoved,
            status.QuarantinedRemoved,
            status.Problem
        );
    }
}

internal sealed record ImportedItemsDocument(string File, int Imported, IReadOnlyList<RejectedLineDocument> Rejected);

internal sealed record RejectedLineDocument(long Line, string Message);

internal sealed record RebuildDocument(int Users, int Written, int Unchanged, int Behind);

internal sealed record PlatformDocument(IReadOnlyList<string> Parts);

internal sealed record StreamDocument(long Records, long Counted, long Dropped, long Quarantined, long ProfilesWritten);

internal sealed record MigrationDocument(
    string From,
    string To,
    bool DryRun,
    long Items,
    long Written,
    long AlreadyThere,
    long Behind,
    long Rejected,
    long Incomplete,
    long Lists,
    long SourceInteractions,
    long TargetInteractions,
    bool Complete,
    IReadOnlyList<string> Examples
);

internal sealed record DemoDocument(
    IngestDocument Ingest,
    long Profiles,
    long Interactions,
    ModelDocument Model,
    BatchDocument Run,
    ListDocument Example
);

/// <param name="Urls">Where it listens.</param>
internal sealed record ServeDocument(IReadOnlyList<string> Urls);

/// <param name="Problem">Why the receipt is not to be trusted; null where it is genuine.</param>
internal sealed record VerifiedDocument(bool Genuine, string? Problem, ErasureReceipt Receipt);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true, UseStringEnumConverter = true)]
[JsonSerializable(typeof(ErrorDocument))]
[JsonSerializable(typeof(IngestDocument))]
[JsonSerializable(typeof(SettingsDocument))]
[JsonSerializable(typeof(CheckedSettingsDocument))]
[JsonSerializable(typeof(FileCheckDocument))]
[JsonSerializable(typeof(QuarantineDocument))]
[JsonSerializable(typeof(RedriveDocument))]
[JsonSerializable(typeof(DismissDocument))]
[JsonSerializable(typeof(ModelDocument))]
[JsonSerializable(typeof(ModelsDocument))]
[JsonSerializable(typeof(PointerDocument))]
[JsonSerializable(typeof(BatchDocument))]
[JsonSerializable(typeof(BatchesDocument))]
[JsonSerializable(typeof(BatchDetailDocument))]
[JsonSerializable(typeof(ListDocument))]
[JsonSerializable(typeof(MetricsDocument))]
[JsonSerializable(typeof(ExperimentView))]
[JsonSerializable(typeof(ExperimentsView))]
[JsonSerializable(typeof(ExperimentResultView))]
[JsonSerializable(typeof(ExperimentPlanView))]
[JsonSerializable(typeof(ExplanationDocument))]
[JsonSerializable(typeof(PreviewDocument))]
[JsonSerializable(typeof(ForgottenDocument))]
[JsonSerializable(typeof(MergedUserDocument))]
[JsonSerializable(typeof(ErasuresDocument))]
[JsonSerializable(typeof(ImportedItemsDocument))]
[JsonSerializable(typeof(ItemDocument))]
[JsonSerializable(typeof(CatalogueDocument))]
[JsonSerializable(typeof(DeletedItemsDocument))]
[JsonSerializable(typeof(RebuildDocument))]
[JsonSerializable(typeof(ColdEvaluationDocument))]
[JsonSerializable(typeof(EvaluationDocument))]
[JsonSerializable(typeof(StoredListsDocument))]
[JsonSerializable(typeof(PlatformDocument))]
[JsonSerializable(typeof(StreamDocument))]
[JsonSerializable(typeof(MigrationDocument))]
[JsonSerializable(typeof(CostsDocument))]
[JsonSerializable(typeof(LoadSizeDocument))]
[JsonSerializable(typeof(HistoriesDocument))]
[JsonSerializable(typeof(RowPlanAnswer))]
[JsonSerializable(typeof(MadeRowsAnswer))]
[JsonSerializable(typeof(MergedModelAnswer))]
[JsonSerializable(typeof(DemoDocument))]
[JsonSerializable(typeof(ServeDocument))]
[JsonSerializable(typeof(KeyDocument))]
[JsonSerializable(typeof(ScenarioDocument))]
[JsonSerializable(typeof(ScenariosDocument))]
[JsonSerializable(typeof(KeysDocument))]
[JsonSerializable(typeof(VerifiedDocument))]
[JsonSerializable(typeof(ReceiptKey))]
[JsonSerializable(typeof(SignedReceipt))]
[JsonSerializable(typeof(ProfileDocument))]
internal sealed partial class CliJson : JsonSerializerContext;
