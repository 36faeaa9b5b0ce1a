using Recommendation.Application.Batches;
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
    Dictionary<string, double> Metrics) : IStoredDocument
{
    internal static ModelDocument From(ModelDescription model) => new(
        StoredJson.NewestFormat,
        model.Version.Value,
        model.CreatedAt,
        model.Trainer,
        model.Users,
        model.Items,
        model.Interactions,
        model.ArtefactBytes,
        new(model.Parameters, StringComparer.Ordinal),
        new(model.Metrics, StringComparer.Ordinal));

    internal ModelDescription ToDescription() => new(
        ModelVersion.Parse(Version), CreatedAt, Trainer, Users, Items, Interactions, ArtefactBytes, Parameters, Metrics);
}
