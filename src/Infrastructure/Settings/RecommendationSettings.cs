using Recommendation.Application;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Items;
using Recommendation.Modeling.Trainers;

namespace Recommendation.Settings;

/// <summary>Where the value of a setting comes from.</summary>
public enum SettingSource
{
    /// <summary>Nobody set it.</summary>
    Default,

    /// <summary>The settings file.</summary>
    File,

    /// <summary>An environment variable, which is stronger than the file.</summary>
    Environment,
}

/// <summary>One setting as it counts.</summary>
/// <param name="Path">Its place in the file, such as <c>serving.storedItems</c>.</param>
/// <param name="Value">Its value as text.</param>
/// <param name="Source">Where the value comes from.</param>
public sealed record SettingValue(string Path, string Value, SettingSource Source);

/// <summary>Settings that were read and can be used.</summary>
public sealed class RecommendationSettings
{
    private readonly IReadOnlyList<(SettingDefinition Setting, double Value)> _given;

    internal RecommendationSettings(
        EventTypeSettings eventTypes,
        IReadOnlyList<(SettingDefinition Setting, double Value)> given,
        IReadOnlyList<SettingValue> values
    ) => (EventTypes, _given, Values) = (eventTypes, given, values);

    /// <summary>What each type of interaction means.</summary>
    public EventTypeSettings EventTypes { get; }

    /// <summary>What attributes of items are, by name; those that are declared.</summary>
    public IReadOnlyDictionary<string, AttributeShape> Attributes { get; internal init; } =
        new Dictionary<string, AttributeShape>(StringComparer.Ordinal);

    /// <summary>Whether anything about the event types was set.</summary>
    public bool SetsEventTypes =>
        Values.Any(value =>
            value.Source != SettingSource.Default && value.Path.StartsWith("events.", StringComparison.Ordinal)
        );

    /// <summary>Every setting with its value, the defaults included.</summary>
    public IReadOnlyList<SettingValue> Values { get; }

    /// <summary>Sets what the settings set; all else stays as the host has it.</summary>
    public void ApplyTo(RecommendationOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.EventTypes = EventTypes;
        options.Attributes = Attributes;
        Apply(new SettingTargets(options, new ModelTrainerOptions()));
    }

    /// <summary>Sets what the settings set; all else stays as the host has it.</summary>
    public void ApplyTo(ModelTrainerOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        Apply(new SettingTargets(new RecommendationOptions(), options));
    }

    private void Apply(SettingTargets targets)
    {
        foreach (var (setting, value) in _given)
            setting.Set(targets, value);
    }
}
