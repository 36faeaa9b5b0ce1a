using System.Text.Json;
using System.Text.Json.Serialization;
using Recommendation.Application.Ports;
using Recommendation.Domain;
using Recommendation.Domain.Experiments;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Models;

namespace Recommendation.Application.Experiments;

/// <summary>An experiment as it is stored.</summary>
public sealed record ExperimentDocument(
    int FormatVersion,
    string Name,
    string Layer,
    string Salt,
    string Scenario,
    IReadOnlyList<ExperimentVariantDocument> Variants,
    double HoldOut,
    double SlotFrom,
    double SlotTo,
    IReadOnlyDictionary<string, string> Overrides,
    string Metric,
    string? Currency,
    IReadOnlyList<GuardrailDocument> Guardrails,
    double Effect,
    IReadOnlyList<ExperimentChangeDocument> Changes,
    long Version) : IStoredDocument
{
    /// <summary>The format that this version writes.</summary>
    public const int CurrentFormat = 1;

    /// <exception cref="StoredFormatException">The bytes are no experiment, or of a later format.</exception>
    public static ExperimentDocument Read(ReadOnlySpan<byte> json, string name)
    {
        try
        {
            var document = JsonSerializer.Deserialize(json, ExperimentJson.Default.ExperimentDocument)
                ?? throw new JsonException("It is null.");
            return document.FormatVersion <= CurrentFormat
                ? document
                : throw new StoredFormatException(
                    $"Experiment '{name}' is of format {document.FormatVersion}, and this program knows formats up to "
                        + $"{CurrentFormat}: use a newer program.");
        }
        catch (JsonException damaged)
        {
            throw new StoredFormatException(
                $"Experiment '{name}' is damaged: restore it from a backup. ({damaged.Message})", damaged);
        }
    }

    public static ExperimentDocument From(Experiment experiment)
    {
        ArgumentNullException.ThrowIfNull(experiment);
        return new(
            CurrentFormat,
            experiment.Name.Value,
            experiment.Layer.Value,
            experiment.Salt,
            experiment.Scenario,
            [.. experiment.Variants.Select(
                one => new ExperimentVariantDocument(one.Name.Value, one.Share, one.Model?.Value))],
            experiment.HoldOut,
            experiment.Slot.From,
            experiment.Slot.To,
            experiment.Overrides.ToDictionary(one => one.Key.Value, one => one.Value.Value, StringComparer.Ordinal),
            experiment.Metric.ToText(),
            experiment.Currency,
            [.. experiment.Guardrails.Select(one => new GuardrailDocument(one.Metric.ToText(), one.Tolerance))],
            experiment.Effect,
            [
                .. experiment.Changes.Select(one => new ExperimentChangeDocument(
                    StateText(one.State), Timestamps.Format(one.At), one.By, one.Why, one.Variant?.Value)),
            ],
            experiment.Version);
    }

    /// <exception cref="StoredFormatException">The document is none.</exception>
    public Experiment ToExperiment()
    {
        try
        {
            return new Experiment
            {
                Name = ExperimentName.Parse(Name),
                Layer = ExperimentName.Parse(Layer),
                Salt = Salt,
                Scenario = Scenario,
                Variants =
                [
                    .. Variants.Select(one => new ExperimentVariant(
                        ExperimentName.Parse(one.Name), one.Share, one.Model is { } model ? ModelVersion.Parse(model)
                            : null)),
                ],
                HoldOut = HoldOut,
                Slot = new LayerSlot(SlotFrom, SlotTo),
                Overrides = Overrides.ToDictionary(
                    one => UserId.Parse(one.Key), one => ExperimentName.Parse(one.Value)),
                Metric = MetricOf(Metric),
                Currency = Currency,
                Guardrails = [.. Guardrails.Select(one => new Guardrail(MetricOf(one.Metric), one.Tolerance))],
                Effect = Effect,
                Changes =
                [
                    .. Changes.Select(one => new ExperimentChange(
                        StateOf(one.State), Timestamps.Parse(one.At)!.Value, one.By, one.Why,
                        one.Variant is { } variant ? ExperimentName.Parse(variant) : null)),
                ],
                Version = Version,
            };
        }
        catch (Exception damaged) when (damaged is ArgumentException or InvalidOperationException)
        {
            throw new StoredFormatException($"Experiment '{Name}' is damaged: restore it from a backup.", damaged);
        }
    }

    internal static string StateText(ExperimentState state) => state switch
    {
        ExperimentState.Running => "running",
        ExperimentState.Stopped => "stopped",
        _ => "promoted",
    };

    private static ExperimentState StateOf(string text) => text switch
    {
        "running" => ExperimentState.Running,
        "stopped" => ExperimentState.Stopped,
        "promoted" => ExperimentState.Promoted,
        _ => throw new ArgumentException($"'{text}' is no state.", nameof(text)),
    };

    private static ExperimentMetric MetricOf(string text) =>
        ExperimentMetricText.Parse(text) ?? throw new ArgumentException($"'{text}' is no metric.", nameof(text));
}

/// <summary>A variant. Shares are fractions of the participants.</summary>
/// <param name="Model">The model that ranks; null for the current one.</param>
public sealed record ExperimentVariantDocument(string Name, double Share, string? Model);

/// <summary>A metric that no variant may harm, and the loss that is tolerated, as a fraction.</summary>
public sealed record GuardrailDocument(string Metric, double Tolerance);

/// <summary>What was done with an experiment.</summary>
/// <param name="State"><c>running</c>, <c>stopped</c> or <c>promoted</c>.</param>
/// <param name="At">When.</param>
/// <param name="By">Who.</param>
/// <param name="Why">Why.</param>
/// <param name="Variant">The variant that was promoted; null otherwise.</param>
public sealed record ExperimentChangeDocument(string State, string At, string By, string Why, string? Variant);

/// <summary>How experiments are stored as JSON.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(ExperimentDocument))]
public sealed partial class ExperimentJson : JsonSerializerContext;
