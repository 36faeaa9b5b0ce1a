using Recommendation.Application.Models;
using Recommendation.Application.Ports;
using Recommendation.Domain;

namespace Recommendation.AdminApi.Models;

/// <summary>A trained model.</summary>
internal sealed record ModelDocument(
    string Version, string CreatedAt, string Trainer, int Users, int Items, long Interactions, long ArtefactBytes,
    IReadOnlyDictionary<string, double> Parameters, IReadOnlyDictionary<string, double> Metrics)
{
    internal static ModelDocument From(ModelDescription model) => new(
        model.Version.Value, Timestamps.Format(model.CreatedAt), model.Trainer, model.Users, model.Items, model.Interactions,
        model.ArtefactBytes, model.Parameters, model.Metrics);
}

/// <summary>The models, newest first, and which one is current.</summary>
internal sealed record ModelsDocument(string? Current, string? Previous, IReadOnlyList<ModelDocument> Models)
{
    internal static ModelsDocument From(ListedModels listed) => new(
        listed.Current.Version?.Value, listed.Current.Previous?.Value, [.. listed.Models.Select(ModelDocument.From)]);
}

/// <summary>Which model is current.</summary>
internal sealed record PointerDocument(string? Current, string? Previous)
{
    internal static PointerDocument From(ModelPointer pointer) => new(pointer.Version?.Value, pointer.Previous?.Value);
}
