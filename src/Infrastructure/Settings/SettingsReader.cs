using Microsoft.Extensions.Options;

namespace Recommendation.Settings;

/// <summary>What was read: the settings, or every problem with them.</summary>
/// <param name="Settings">The settings; those without a problem, if there are problems.</param>
/// <param name="Problems">One sentence each; none if all can be used.</param>
public sealed record ReadSettings(RecommendationSettings Settings, IReadOnlyList<string> Problems)
{
    /// <exception cref="OptionsValidationException">There is a problem; all of them are named.</exception>
    public RecommendationSettings Require() =>
        Problems.Count == 0
            ? Settings
            : throw new OptionsValidationException(
                nameof(RecommendationSettings),
                typeof(RecommendationSettings),
                Problems
            );
}

/// <summary>Reads settings: built-in defaults, the file over them, environment variables over both.</summary>
public static class SettingsReader
{
    /// <param name="json">The content of the file; null if there is none.</param>
    /// <param name="environment">The environment variables; those that begin with <c>RECOMMENDATION__</c> count. Null
    /// for none.</param>
    public static ReadSettings Read(string? json, IReadOnlyDictionary<string, string>? environment = null)
    {
        var problems = new List<string>();
        List<GivenValue> given =
        [
            .. FileValues(json, problems),
            .. environment is null ? [] : GivenValues.OfEnvironment(environment),
        ];
        var types = new EventTypesReader(problems);
        var attributes = new AttributesReader(problems);
        var single = new Dictionary<SettingDefinition, (double Value, SettingSource Source)>();
        foreach (var value in given)
        {
            if (EventTypesReader.IsOfTypes(value))
                types.Add(value);
            else if (AttributesReader.IsOfAttributes(value))
                attributes.Add(value);
            else
                AddTo(single, value, problems);
        }
        var (eventTypes, typeValues) = types.Build();
        var (shapes, shapeValues) = attributes.Build();
        var values = SettingsTable.All.Select(setting => single.TryGetValue(setting, out var one)
            ? new SettingValue(setting.Path, setting.ToText(one.Value), one.Source)
            : new SettingValue(setting.Path, setting.Default, SettingSource.Default));
        var settings = new RecommendationSettings(
            eventTypes,
            [.. single.Select(pair => (pair.Key, pair.Value.Value))],
            [.. typeValues, .. values, .. shapeValues])
        {
            Attributes = shapes,
        };
        return new ReadSettings(settings, problems);
    }

    private static IEnumerable<GivenValue> FileValues(string? json, List<string> problems)
    {
        if (json is null)
            return [];
        try
        {
            return GivenValues.OfFile(json);
        }
        catch (FormatException problem)
        {
            problems.Add(problem.Message);
            return [];
        }
    }

    private static void AddTo(
        Dictionary<SettingDefinition, (double Value, SettingSource Source)> single,
        GivenValue given,
        List<string> problems
    )
    {
        if (
            SettingsTable.All.FirstOrDefault(one => one.Path.Equals(given.Path, StringComparison.OrdinalIgnoreCase))
            is not { } setting
        )
        {
            if (Unknown(given) is { } problem)
                problems.Add(problem);
        }
        else if (given.Text is not null && setting.Parse(given.Text) is { } value)
        {
            single[setting] = (value, given.Source);
        }
        else
        {
            problems.Add($"{given.Name} is {Shown(given)}; give {setting.Allowed}.");
        }
    }

    /// <returns>The problem; null for an empty section.</returns>
    private static string? Unknown(GivenValue given)
    {
        var names = given.Path.Split('.');
        if (!SettingsTable.Sections.Contains(names[0], StringComparer.OrdinalIgnoreCase))
            return $"There is no section '{names[0]}' ({given.Name}){Nearest.Hint(names[0], SettingsTable.Sections)}";
        if (names.Length == 1)
            return string.IsNullOrEmpty(given.Text)
                ? null
                : $"{given.Name} is {Shown(given)}; a section is an object with settings.";
        var section = names[0] + ".";
        var known = SettingsTable.All.Where(one => one.Path.StartsWith(section, StringComparison.OrdinalIgnoreCase))
            .Select(one => one.Path[section.Length..]).ToList();
        if (names[0].Equals("events", StringComparison.OrdinalIgnoreCase))
            known.Add("types");
        if (names[0].Equals("catalogue", StringComparison.OrdinalIgnoreCase))
            known.Add("attributes");
        if (known.Count == 0)
            return $"There is no setting '{given.Name}'; section '{names[0]}' has no settings yet.";
        if (known.Contains(names[1], StringComparer.OrdinalIgnoreCase))
            return $"{section}{names[1]} has one value, and no '{string.Join('.', names[2..])}' in it.";
        return $"There is no setting '{given.Name}'{Nearest.Hint(names[1], known)}";
    }

    internal static string Shown(GivenValue given) => given.Text is null ? "null or empty" : $"'{given.Text}'";
}
