using System.Text;
using Recommendation.Application.Batches;
using Recommendation.Application.Models;
using Recommendation.Application.Ports;
using Recommendation.Application.Quarantine;
using Recommendation.Application.Recommendations;
using Recommendation.Domain;
using Recommendation.Domain.Batches;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Quarantine;

namespace Recommendation.Cli.Output;

/// <summary>Makes the documents of what the use cases answer.</summary>
internal static class DocumentsOf
{
    internal static ModelDocument ToDocument(this GatedModel gated) => ToDocument(gated.Model, gated.IsCurrent);

    internal static ModelsDocument ToDocument(this ListedModels listed) =>
        new(
            listed.Current.Version?.Value,
            listed.Current.Previous?.Value,
            [.. listed.Models.Select(model => ToDocument(model, model.Version == listed.Current.Version))],
            listed.Next is not null
        );

    internal static PointerDocument ToDocument(this ModelPointer pointer) =>
        new(pointer.Version?.Value, pointer.Previous?.Value);

    internal static BatchDocument ToDocument(this BatchRun run) =>
        new(
            run.Id.Value,
            run.State.ToText(),
            Timestamps.Format(run.StartedAt),
            Timestamps.Format(run.Cutoff),
            Text(run.FinishedAt),
            run.ModelVersion?.Value,
            run.Attempt,
            run.Segments,
            run.Users,
            run.Counts.Active,
            run.Counts.Ranked,
            run.Counts.Fallback,
            run.Counts.Failed,
            run.Counts.Skipped,
            run.Recommendations,
            run.Note
        );

    internal static BatchesDocument ToDocument(this ListedBatches listed) => new([.. listed.Runs.Select(ToDocument)]);

    internal static BatchDetailDocument ToDocument(this ShownBatch shown) =>
        new(
            shown.Run.ToDocument(),
            [
                .. shown.Segments.Select(segment => new SegmentDocument(
                    segment.Number,
                    segment.Counts.Ranked,
                    segment.Counts.Fallback,
                    segment.Counts.Failed,
                    segment.Counts.Skipped,
                    segment.Recommendations,
                    segment.FirstError
                )),
            ]
        );

    internal static ListDocument ToDocument(this ShownList list, ItemId? similarTo = null) =>
        new(
            list.User?.Value,
            similarTo?.Value,
            list.Source.ToText(),
            list.Model?.Value,
            Timestamps.Format(list.UpdatedAt),
            list.Id?.ToString(),
            [
                .. list.Items.Select(item => new ListedItemDocument(
                    item.ItemId.Value,
                    item.Title,
                    item.Score.Value,
                    [.. item.Because.Select(reason => new TitledDocument(reason.ItemId.Value, reason.Title))],
                    item.Source?.ToText()
                )),
            ]
        );

    internal static QuarantinedDocument ToDocument(this QuarantinedRecord record) =>
        new(
            record.Position.ToString(),
            Timestamps.Format(record.ArrivedAt),
            record.Rejection.Code.Value,
            record.Rejection.Message,
            record.UserId?.Value,
            Encoding.UTF8.GetString(record.Raw.Span),
            Text(record.RedrivenAt),
            Text(record.DismissedAt)
        );

    internal static QuarantineDocument ToDocument(this ListedQuarantine listed) =>
        new([.. listed.Records.Select(ToDocument)], listed.More);

    internal static RedriveDocument ToDocument(this RedrivenQuarantine redriven) => new(
        redriven.Records, redriven.Appended, redriven.Dropped, [.. redriven.StillRejected.Select(ToDocument)]);

    private static ModelDocument ToDocument(ModelDescription model, bool isCurrent) =>
        new(
            model.Version.Value,
            isCurrent,
            Timestamps.Format(model.CreatedAt),
            Text(model.TrainedThrough),
            model.Trainer,
            model.Users,
            model.Items,
            model.Interactions,
            model.ArtefactBytes,
            model.Parameters,
            model.Metrics,
            model.Gate is { } gate ? new(gate.Passed, gate.Reasons) : null,
            model.IsCandidate,
            model.Refit is { } refit
                ? new(
                    refit.Candidate.Value,
                    Timestamps.Format(refit.MeasuredAfter),
                    Timestamps.Format(refit.MeasuredThrough)
                )
                : null
        );

    private static string? Text(DateTimeOffset? time) => time is { } value ? Timestamps.Format(value) : null;
}
