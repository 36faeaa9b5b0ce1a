using Recommendation.AdminApi.Http;
using Recommendation.Application.Models;
using Recommendation.Application.Ports;
using Recommendation.Domain;

namespace Recommendation.AdminApi.Models;

/// <summary>A trained model.</summary>
/// <param name="TrainedThrough">When the newest interaction that it was trained on happened; null where
/// that was not recorded.</param>
/// <param name="Gate">What the gate said of it; null where it was not asked.</param>
/// <param name="IsCandidate">Whether it was trained without the newest interactions, only to be measured.</param>
/// <param name="Refit">Which candidate was measured in its place; null where it was measured itself,
/// or not at all.</param>
internal sealed record ModelDocument(
    string Version,
    string CreatedAt,
    string Trainer,
    int Users,
    int Items,
    long Interactions,
    long ArtefactBytes,
    IReadOnlyDictionary<string, double> Parameters,
    IReadOnlyDictionary<string, double> Metrics,
    string? TrainedThrough,
    GateDocument? Gate,
    bool IsCandidate,
    RefitDocument? Refit
)
{
    internal static ModelDocument From(ModelDescription model) =>
        new(
            model.Version.Value,
            Timestamps.Format(model.CreatedAt),
            model.Trainer,
            model.Users,
            model.Items,
            model.Interactions,
            model.ArtefactBytes,
            model.Parameters,
            model.Metrics,
            model.TrainedThrough is { } through ? Timestamps.Format(through) : null,
            model.Gate is { } gate ? new GateDocument(gate.Passed, gate.Reasons) : null,
            model.IsCandidate,
            model.Refit is { } refit
                ? new RefitDocument(
                    refit.Candidate.Value,
                    Timestamps.Format(refit.MeasuredAfter),
                    Timestamps.Format(refit.MeasuredThrough)
                )
                : null
        );
}

/// <summary>Which candidate a model was refitted from, and what that was measured on.</summary>
/// <param name="Candidate">The model that chose the parameters, and was measured.</param>
/// <param name="MeasuredAfter">The candidate was trained on interactions until then, and
/// measured on later ones.</param>
/// <param name="MeasuredThrough">When the newest interaction that it was measured on happened.</param>
internal sealed record RefitDocument(string Candidate, string MeasuredAfter, string MeasuredThrough);

/// <summary>Whether a model may become the current one, and why.</summary>
internal sealed record GateDocument(bool Passed, IReadOnlyList<string> Reasons);

/// <summary>Some models, newest first, and which one is current.</summary>
/// <param name="Next">The cursor of what follows; null where nothing does.</param>
internal sealed record ModelsDocument(
    string? Current,
    string? Previous,
    IReadOnlyList<ModelDocument> Models,
    string? Next
)
{
    internal static ModelsDocument From(ListedModels listed) =>
        new(
            listed.Current.Version?.Value,
            listed.Current.Previous?.Value,
            [.. listed.Models.Select(ModelDocument.From)],
            Cursor.Of(listed.Next)
        );
}

/// <summary>Which model is current.</summary>
internal sealed record PointerDocument(string? Current, string? Previous)
{
    internal static PointerDocument From(ModelPointer pointer) => new(pointer.Version?.Value, pointer.Previous?.Value);
}

/// <summary>A training in this process.</summary>
/// <param name="State"><c>training</c>, <c>promoted</c>, <c>turned-away</c> (by the gate), <c>failed</c> or
/// <c>cancelled</c>.</param>
/// <param name="Stage">What is being done, as a short phrase.</param>
/// <param name="Fraction">0 … 1.</param>
/// <param name="Model">What was trained; null until then.</param>
/// <param name="Problem">Why it failed; null where it did not.</param>
internal sealed record TrainingDocument(
    string Id,
    string State,
    string StartedAt,
    string? FinishedAt,
    string Stage,
    double Fraction,
    ModelDocument? Model,
    string? Problem
);

/// <summary>The trainings of this process, newest first; the last 50.</summary>
internal sealed record TrainingsDocument(IReadOnlyList<TrainingDocument> Trainings);
