using Recommendation.Application.Ports;
using Recommendation.Domain.Models;

namespace Recommendation.Aws.S3;

/// <summary>
/// <c>models/{version}/model.json</c>: what is known of a model; written after its artefact, so that it vouches for it.
/// </summary>
internal sealed record ModelDocument(
    int FormatVersion,
    string Version,
    string CreatedAt,
    string Trainer,
    int Users,
    int Items,
    long Interactions,
    long ArtefactBytes,
    IReadOnlyDictionary<string, double> Parameters,
    IReadOnlyDictionary<string, double> Metrics,
    string? TrainedThrough = null,
    GateDocument? Gate = null,
    bool IsCandidate = false,
    RefitDocument? Refit = null) : IStoredDocument
{
    /// <summary>
    /// Format 2 knows what a model was trained through and what the gate said; of models of format 1 neither is known.
    /// Format 3 knows candidates and what was refitted from them.
    /// </summary>
    private const int CurrentFormat = 3;

    static int IStoredDocument.Newest => CurrentFormat;

    internal static ModelDocument From(ModelDescription model) =>
        new(
            CurrentFormat,
            model.Version.Value,
            StoredTime.Format(model.CreatedAt),
            model.Trainer,
            model.Users,
            model.Items,
            model.Interactions,
            model.ArtefactBytes,
            model.Parameters,
            model.Metrics,
            model.TrainedThrough is { } through ? StoredTime.Format(through) : null,
            model.Gate is { } gate ? new(gate.Passed, gate.Reasons) : null,
            model.IsCandidate,
            model.Refit is { } refit
                ? new(
                    refit.Candidate.Value,
                    StoredTime.Format(refit.MeasuredAfter),
                    StoredTime.Format(refit.MeasuredThrough)
                )
                : null
        );

    internal ModelDescription ToModel() =>
        new(
            ModelVersion.Parse(Version),
            StoredTime.Parse(CreatedAt),
            Trainer,
            Users,
            Items,
            Interactions,
            ArtefactBytes,
            Parameters,
            Metrics
        )
        {
            TrainedThrough = TrainedThrough is { } through ? StoredTime.Parse(through) : null,
            Gate = Gate is { } gate ? new(gate.Passed, gate.Reasons) : null,
            IsCandidate = IsCandidate,
            Refit = Refit is { } refit
                ? new(
                    ModelVersion.Parse(refit.Candidate),
                    StoredTime.Parse(refit.MeasuredAfter),
                    StoredTime.Parse(refit.MeasuredThrough)
                )
                : null,
        };
}

/// <summary>Which candidate a model was refitted from, and what that was measured on.</summary>
internal sealed record RefitDocument(string Candidate, string MeasuredAfter, string MeasuredThrough);

/// <summary>What the gate said.</summary>
internal sealed record GateDocument(bool Passed, IReadOnlyList<string> Reasons);

/// <summary><c>models/current.json</c>: which model is current.</summary>
/// <param name="Move">Tells this move from every other, so that no two states are alike and no tag comes back.</param>
internal sealed record PointerDocument(
    int FormatVersion,
    string Version,
    string? Previous,
    Guid Move,
    IReadOnlyList<string>? Earlier = null
) : IStoredDocument
{
    internal ModelPointer ToPointer(string tag) =>
        new(ModelVersion.Parse(Version), Previous is null ? null : ModelVersion.Parse(Previous), tag)
        {
            Earlier = [.. (Earlier ?? []).Select(ModelVersion.Parse)],
        };
}
