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
    GateDocument? Gate = null) : IStoredDocument
{
    /// <summary>Format 2 knows what a model was trained through and what the gate said; of models of format 1 neither is known.</summary>
    static int IStoredDocument.Newest => 2;

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
        model.Gate is { } gate ? new(gate.Passed, [.. gate.Reasons]) : null);

    internal ModelDescription ToDescription() => new(
        ModelVersion.Parse(Version), CreatedAt, Trainer, Users, Items, Interactions, ArtefactBytes, Parameters, Metrics)
    {
        TrainedThrough = TrainedThrough,
        Gate = Gate is { } gate ? new(gate.Passed, gate.Reasons) : null,
    };
}

/// <summary>What the gate said.</summary>
internal sealed record GateDocument(bool Passed, string[] Reasons);
