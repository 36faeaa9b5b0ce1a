using Recommendation.Application.Ports;
using Recommendation.Domain;
using Recommendation.Domain.Models;

namespace Recommendation.Application.Models;

/// <summary>
/// What is known of a model, as every platform stores it; written after its artefact, so that it vouches for it.
/// Format 2 knows what a model was trained through and what the gate said; of models of format 1 neither is known.
/// Format 3 knows candidates and what was refitted from them.
/// </summary>
public sealed record StoredModelDocument(
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
    private const int NewestFormat = 3;

    static int IStoredDocument.Newest => NewestFormat;

    /// <param name="model">What to store.</param>
    public static StoredModelDocument From(ModelDescription model)
    {
        ArgumentNullException.ThrowIfNull(model);
        return new(
            NewestFormat,
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
            GateDocument.From(model.Gate),
            model.IsCandidate,
            RefitDocument.From(model.Refit)
        );
    }

    /// <exception cref="StoredFormatException">A time is none.</exception>
    /// <exception cref="ArgumentException">A version is none.</exception>
    public ModelDescription ToModel() =>
        new(
            ModelVersion.Parse(Version),
            StoredFormat.TimeOf(CreatedAt),
            Trainer,
            Users,
            Items,
            Interactions,
            ArtefactBytes,
            Parameters,
            Metrics
        )
        {
            TrainedThrough = TrainedThrough is { } through ? StoredFormat.TimeOf(through) : null,
            Gate = Gate is { } gate ? new(gate.Passed, gate.Reasons) : null,
            IsCandidate = IsCandidate,
            Refit = Refit is { } refit
                ? new(
                    ModelVersion.Parse(refit.Candidate),
                    StoredFormat.TimeOf(refit.MeasuredAfter),
                    StoredFormat.TimeOf(refit.MeasuredThrough)
                )
                : null,
        };
}
