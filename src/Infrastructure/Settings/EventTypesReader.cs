using System.Globalization;
using Recommendation.Domain.Feedback;
using Recommendation.Domain.Interactions;

namespace Recommendation.Settings;

/// <summary>
/// Reads <c>events.types</c> over the built-in types. A type keeps what is not set of it; a new one needs a weight. A
/// name or an alias that somebody sets is taken away from the built-in type that had it as an alias.
/// </summary>
internal sealed class EventTypesReader(List<string> problems)
{
    private const string Root = "events.types";

    private readonly SortedDictionary<InteractionType, GivenEventType> _given = [];

    internal static bool IsOfTypes(GivenValue given) =>
        given.Path.Equals(Root, StringComparison.OrdinalIgnoreCase)
        || given.Path.StartsWith(Root + ".", StringComparison.OrdinalIgnoreCase);

    internal void Add(GivenValue given)
    {
        var names = given.Path.Split('.');
        if (names.Length == 2)
        {
            if (!string.IsNullOrEmpty(given.Text))
                problems.Add(
                    $"{given.Name} is {SettingsReader.Shown(given)}; it is an object with a member for each type."
                );
            return;
        }
        if (InteractionType.TryParse(names[2]) is not { } name)
        {
            problems.Add($"{given.Name}: '{names[2]}' is not a type of the form [a-z][a-z0-9_-]{{0,31}}.");
            return;
        }
        name = BuiltInName(name);
        if (!_given.TryGetValue(name, out var type))
            _given.Add(name, type = new GivenEventType());
        if (names.Length == 3)
            AddEmpty(given);
        else if (type.Set(given, string.Join('.', names[3..])) is { } problem)
            problems.Add(problem);
    }

    /// <summary>The settings; the built-in ones if there are problems with the types.</summary>
    internal (EventTypeSettings Settings, IReadOnlyList<SettingValue> Values) Build()
    {
        var taken = _given.Keys.Concat(_given.Values.SelectMany(type => type.Aliases ?? [])).ToHashSet();
        var types = new Dictionary<InteractionType, EventType>();
        foreach (var (name, builtIn) in EventTypeSettings.Default.Types)
            types.Add(name, builtIn with { Aliases = [.. builtIn.Aliases.Where(alias => !taken.Contains(alias))] });
        foreach (var (name, given) in _given)
        {
            if (given.ToType(types.GetValueOrDefault(name)) is { } type)
                types[name] = type;
            else
                problems.Add($"{Root}.{name} has no weight; a type that is not built in needs one.");
        }
        var contradictions = EventTypeProblems.Of(types).Select(problem => $"{Root}: {problem}").ToList();
        problems.AddRange(contradictions);
        var settings = contradictions.Count == 0 ? new EventTypeSettings(types) : EventTypeSettings.Default;
        return (
            settings,
            [.. settings.Types.OrderBy(pair => pair.Key).SelectMany(pair => ValuesOf(pair.Key, pair.Value))]
        );
    }

    private void AddEmpty(GivenValue given)
    {
        if (!string.IsNullOrEmpty(given.Text))
            problems.Add(
                $"{given.Name} is {SettingsReader.Shown(given)}; a type is an object such as {{ \"weight\": 2, "
                    + "\"hides\": true }."
            );
    }

    private IEnumerable<SettingValue> ValuesOf(InteractionType name, EventType type)
    {
        var given = _given.GetValueOrDefault(name);
        yield return Value("weight", type.Weight.ToString(CultureInfo.InvariantCulture));
        yield return Value("hides", type.Hides ? "true" : "false");
        yield return Value("value", type.Value switch
        {
            { Multiplies: true } => "multiply",
            { Threshold: { } threshold } => string.Create(CultureInfo.InvariantCulture, $"positiveFrom {threshold}"),
            _ => "ignore",
        });
        yield return Value("cancels", type.Cancels?.Value ?? "");
        yield return Value("aliases", string.Join(", ", type.Aliases));
        yield return Value("counts", type.Role switch
        {
            FeedbackRole.Click => "click",
            FeedbackRole.Conversion => "conversion",
            _ => "nothing",
        });
        yield return Value("revenue", type.IsRevenue ? "true" : "false");

        SettingValue Value(string field, string text) =>
            new($"{Root}.{name}.{field}", text, given?.SourceOf(field) ?? SettingSource.Default);
    }

    /// <summary>
    /// The names of environment variables have no hyphens, so an underscore stands for one where that
    /// names a built-in type.
    /// </summary>
    private static InteractionType BuiltInName(InteractionType name) =>
        InteractionType.TryParse(name.Value.Replace('_', '-')) is { } hyphenated
        && EventTypeSettings.Default.Types.ContainsKey(hyphenated)
            ? hyphenated
            : name;
}
