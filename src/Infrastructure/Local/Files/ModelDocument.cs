using Recommendation.Application.Ports;
using Recommendation.Domain.Models;

namespace Recommendation.Local.Files;

/// <summary><c>models/{version}/description.json</c>.</summary>
internal sealed record ModelDocument(
    int FormatVersion,
    string Version,
    DateTimeOffset CreatedAt,
    string Trainer,
    int Users,
    int Items,
    long Interactions,
    long ArtefactBytes,
    Dictionary<string, double> Parameters,
    Dictionary<string, double> Metrics,
    DateTimeOffset? TrainedThrough = null,
    GateDocument? Gate = null,
    bool IsCandidate = false,
    RefitDocument? Refit = null) : IStoredDocument
{
    /// <summary>
    /// Format 2 knows what a model was trained through and what the gate said; of models of format 1 neither is known.
    /// Format 3 knows candidates and what was refitted from them.
    /// </summary>
    static int IStoredDocument.Newest => 3;

    internal static ModelDocument From(ModelDescription model) => new(
        StoredJson.NewestOf<ModelDocument>(),
        model.Version.Value,
        model.CreatedAt,
        model.Trainer,
        model.Users,
        model.Items,
        model.Interactions,
        model.ArtefactBytes,
        new(model.Parameters, StringComparer.Ordinal),
        new(model.Metrics, StringComparer.Ordinal),
        model.TrainedThrough,
        model.Gate is { } gate ? new(gate.Passed, [.. gate.Reasons]) : null,
        model.IsCandidate,
        model.Refit is { } refit ? new(refit.Candidate.Value, refit.MeasuredAfter, refit.MeasuredThrough) : null);

    internal ModelDescription ToDescription() =>
        new(
            ModelVersion.Parse(Version),
            CreatedAt,
            Trainer,
            Users,
            Items,
            Interactions,
            ArtefactBytes,
            Parameters,
            Metrics
        )
        {
            TrainedThrough = TrainedThrough,
            Gate = Gate is { } gate ? new(gate.Passed, gate.Reasons) : null,
            IsCandidate = IsCandidate,
            Refit = Refit is { } refit
                ? new(ModelVersion.Parse(refit.Candidate), refit.MeasuredAfter, refit.MeasuredThrough)
                : null,
        };
}

/// <summary>Which candidate a model was refitted from, and what that was measured on.</summary>
internal sealed record RefitDocument(string Candidate, DateTimeOffset MeasuredAfter, DateTimeOffset MeasuredThrough);

/// <summary>What the gate said.</summary>
internal sealed record GateDocument(bool Passed, string[] Reasons);
