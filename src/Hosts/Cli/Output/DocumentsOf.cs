using Recommendation.Application.Batches;
using Recommendation.Application.Models;
using Recommendation.Application.Quarantine;
using Recommendation.Application.Recommendations;
using Recommendation.Domain;
using Recommendation.Domain.Interactions;

namespace Recommendation.Cli.Output;

/// <summary>Makes the documents of what the use cases answer.</summary>
internal static class DocumentsOf
{
    internal static ModelsDocument ToDocument(this ListedModels listed) =>
        new(
            listed.Current.Version?.Value,
            listed.Current.Previous?.Value,
            [.. listed.Models.Select(model => ModelDocument.From(model, model.Version == listed.Current.Version))],
            listed.Next is not null
        );

    internal static BatchesDocument ToDocument(this ListedBatches listed) =>
        new([.. listed.Runs.Select(BatchDocument.From)]);

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

    internal static QuarantineDocument ToDocument(this ListedQuarantine listed) =>
        new([.. listed.Records.Select(QuarantinedDocument.From)], listed.More);

    internal static RedriveDocument ToDocument(this RedrivenQuarantine redriven) => new(
        redriven.Records, redriven.Appended, redriven.Dropped,
        [.. redriven.StillRejected.Select(QuarantinedDocument.From)]);
}
