using System.Text.Json.Serialization;
using Recommendation.Application.Ports;
using Recommendation.Domain;
using Recommendation.Domain.Models;

namespace Recommendation.Application.Models;

/// <summary>A trained model, as hosts answer it.</summary>
/// <param name="Version">Its name.</param>
/// <param name="IsCurrent">Whether it ranks now; left out where that was not asked.</param>
/// <param name="CreatedAt">The time that it was trained for.</param>
/// <param name="TrainedThrough">When the newest interaction that it was trained on happened; null where
/// that was not recorded.</param>
/// <param name="Trainer">The algorithm.</param>
/// <param name="Users">Users with a history.</param>
/// <param name="Items">Items that it can rank.</param>
/// <param name="Interactions">Interactions that it was trained on.</param>
/// <param name="ArtefactBytes">The size of its file.</param>
/// <param name="Parameters">By name.</param>
/// <param name="Metrics">What was measured on held-out interactions, by name.</param>
/// <param name="Gate">What the gate said of it; null where it was not asked.</param>
/// <param name="IsCandidate">Whether it was trained without the newest interactions, only to be measured.</param>
/// <param name="Refit">Which candidate was measured in its place; null where it was measured itself,
/// or not at all.</param>
public sealed record ModelDocument(
    string Version,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] bool? IsCurrent,
    string CreatedAt,
    string? TrainedThrough,
    string Trainer,
    int Users,
    int Items,
    long Interactions,
    long ArtefactBytes,
    IReadOnlyDictionary<string, double> Parameters,
    IReadOnlyDictionary<string, double> Metrics,
    GateDocument? Gate,
    bool IsCandidate,
    RefitDocument? Refit
)
{
    /// <param name="gated">A model that the gate was asked about.</param>
    public static ModelDocument From(GatedModel gated)
    {
        ArgumentNullException.ThrowIfNull(gated);
        return From(gated.Model, gated.IsCurrent);
    }

    /// <param name="model">The model.</param>
    /// <param name="isCurrent">Whether it ranks now; null where that was not asked.</param>
    public static ModelDocument From(ModelDescription model, bool? isCurrent = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        return new(
            model.Version.Value,
            isCurrent,
            Timestamps.Format(model.CreatedAt),
            model.TrainedThrough is { } through ? Timestamps.Format(through) : null,
            model.Trainer,
            model.Users,
            model.Items,
            model.Interactions,
            model.ArtefactBytes,
            model.Parameters,
            model.Metrics,
            GateDocument.From(model.Gate),
            model.IsCandidate,
            RefitDocument.From(model.Refit)
        );
    }
}

/// <summary>Which candidate a model was refitted from, and what that was measured on.</summary>
/// <param name="Candidate">The model that chose the parameters, and was measured.</param>
/// <param name="MeasuredAfter">The candidate was trained on interactions until then, and
/// measured on later ones.</param>
/// <param name="MeasuredThrough">When the newest interaction that it was measured on happened.</param>
public sealed record RefitDocument(string Candidate, string MeasuredAfter, string MeasuredThrough)
{
    internal static RefitDocument? From(RefitSource? refit) =>
        refit is null
            ? null
            : new(
                refit.Candidate.Value,
                Timestamps.Format(refit.MeasuredAfter),
                Timestamps.Format(refit.MeasuredThrough)
            );
}

/// <summary>Whether a model may become the current one, and why.</summary>
public sealed record GateDocument(bool Passed, IReadOnlyList<string> Reasons)
{
    internal static GateDocument? From(GateVerdict? gate) => gate is null ? null : new(gate.Passed, gate.Reasons);
}

/// <summary>Which model is current.</summary>
public sealed record PointerDocument(string? Current, string? Previous)
{
    /// <param name="named">What the store says.</param>
    public static PointerDocument From(ModelPointer named)
    {
        ArgumentNullException.ThrowIfNull(named);
        return new(named.Version?.Value, named.Previous?.Value);
    }
}
