using System.Globalization;
using System.Text.Json.Serialization;
using Recommendation.Domain.Interactions;

namespace Recommendation.Modeling.Artefacts;

/// <summary>What one type of event meant when a model was trained.</summary>
/// <param name="Weight">What an event weighed.</param>
/// <param name="Hides">Whether it hid its item; serving decides that by its own settings.</param>
/// <param name="Multiplies">Whether the value multiplied the weight; absent if not.</param>
/// <param name="PositiveFrom">From which value on an event spoke for the item; absent if there was none.</param>
/// <param name="Cancels">The type that it cancelled; absent if none.</param>
/// <param name="Aliases">Other names of the type.</param>
internal sealed record ManifestEventType(
    double Weight,
    bool Hides,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] bool Multiplies = false,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] double? PositiveFrom = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Cancels = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<string>? Aliases = null)
{
    internal static SortedDictionary<string, ManifestEventType> From(EventTypeSettings settings)
    {
        var types = new SortedDictionary<string, ManifestEventType>(StringComparer.Ordinal);
        foreach (var (name, type) in settings.Types)
        {
            types.Add(name.Value, new(
                type.Weight, type.Hides, type.Value.Multiplies, type.Value.Threshold, type.Cancels?.Value,
                type.Aliases.Count > 0 ? [.. type.Aliases.Select(alias => alias.Value)] : null));
        }
        return types;
    }

    /// <exception cref="ArgumentException">The types can't be meant.</exception>
    internal static EventTypeSettings ToSettings(SortedDictionary<string, ManifestEventType> types) =>
        new(types.ToDictionary(pair => InteractionType.Parse(pair.Key), pair => pair.Value.ToType()));

    /// <summary>All that is recorded on one line, for the name of the model.</summary>
    internal string ToLine() =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{Weight:R}|{Hides}|{Multiplies}|{PositiveFrom:R}|{Cancels}|{string.Join(',', Aliases ?? [])}"
        );

    private EventType ToType() =>
        new()
        {
            Weight = Weight,
            Hides = Hides,
            Value =
                Multiplies ? ValueRule.Multiply
                : PositiveFrom is { } threshold ? ValueRule.PositiveFrom(threshold)
                : ValueRule.Ignore,
            Cancels = Cancels is null ? null : InteractionType.Parse(Cancels),
            Aliases = [.. (Aliases ?? []).Select(InteractionType.Parse)],
        };
}
