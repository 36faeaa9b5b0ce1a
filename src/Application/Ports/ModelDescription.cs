using Recommendation.Domain.Models;

namespace Recommendation.Application.Ports;

/// <summary>What is known of a model without opening it.</summary>
/// <param name="Version">Derived from the data's newest time and the artefact's checksum: the same training gives the
/// same version.</param>
/// <param name="CreatedAt">The time as of which it was trained (not the time when it happened to be).</param>
/// <param name="Trainer">Which trainer made it, such as <c>sparse</c>.</param>
/// <param name="Users">Users trained on.</param>
/// <param name="Items">Items that it can recommend.</param>
/// <param name="Interactions">Interactions trained on.</param>
/// <param name="ArtefactBytes">Size of the artefact in bytes.</param>
/// <param name="Parameters">The trainer's parameters by name.</param>
/// <param name="Metrics">Quality by name, such as <c>ndcg@10</c>; empty where it was not evaluated.</param>
public sealed record ModelDescription(
    ModelVersion Version,
    DateTimeOffset CreatedAt,
    string Trainer,
    int Users,
    int Items,
    long Interactions,
    long ArtefactBytes,
    IReadOnlyDictionary<string, double> Parameters,
    IReadOnlyDictionary<string, double> Metrics)
{
    /// <summary>
    /// When the newest interaction that it was trained on happened; null where that was not recorded.
    /// </summary>
    public DateTimeOffset? TrainedThrough { get; init; }

    /// <summary>
    /// Whether the model was trained only to be measured: without the newest interactions, and kept to be compared
    /// with. The model that is served has the same parameters and all interactions; see <see cref="Refit"/>.
    /// </summary>
    public bool IsCandidate { get; init; }

    /// <summary>
    /// Which candidate has the model's parameters, and was measured in its place; null where the model itself was
    /// measured, or not at all.
    /// </summary>
    public RefitSource? Refit { get; init; }

    /// <summary>What the gate said when it was published; null where it was not asked.</summary>
    public GateVerdict? Gate { get; init; }
}

/// <summary>Where a refitted model's parameters and figures come from.</summary>
/// <param name="Candidate">The model that chose the parameters, and was measured.</param>
/// <param name="MeasuredAfter">The candidate was trained on interactions until then, and
/// measured on later ones.</param>
/// <param name="MeasuredThrough">When the newest interaction that it was measured on happened.</param>
public sealed record RefitSource(ModelVersion Candidate, DateTimeOffset MeasuredAfter, DateTimeOffset MeasuredThrough);
