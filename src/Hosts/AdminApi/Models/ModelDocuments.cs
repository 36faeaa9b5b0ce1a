using Recommendation.AdminApi.Http;
using Recommendation.Application.Models;

namespace Recommendation.AdminApi.Models;

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
            [.. listed.Models.Select(model => ModelDocument.From(model, model.Version == listed.Current.Version))],
            Cursor.Of(listed.Next)
        );
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
