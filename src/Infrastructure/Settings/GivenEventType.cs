using System.Globalization;
using Recommendation.Domain.Feedback;
using Recommendation.Domain.Interactions;

namespace Recommendation.Settings;

/// <summary>What was set of a type of event.</summary>
internal sealed class GivenEventType
{
    private static readonly string[] s_fields = ["weight", "hides", "value", "cancels", "aliases", "counts", "revenue"];

    private readonly Dictionary<string, SettingSource> _sources = new(StringComparer.Ordinal);
    private readonly List<InteractionType> _fileAliases = [];
    private double? _weight;
    private bool? _hides;
    private ValueRule? _value;
    private (bool IsSet, InteractionType? Type) _cancels;
    private FeedbackRole? _role;
    private bool? _isRevenue;

    /// <summary>The aliases; null if they are not set.</summary>
    internal IReadOnlyList<InteractionType>? Aliases { get; private set; }

    /// <summary>Where a field is from; null if it is not set.</summary>
    internal SettingSource? SourceOf(string field) => _sources.TryGetValue(field, out var source) ? source : null;

    /// <returns>What is wrong with the value; null if nothing.</returns>
    internal string? Set(GivenValue given, string field)
    {
        var parts = field.Split('.');
        var known = s_fields.FirstOrDefault(one => one.Equals(parts[0], StringComparison.OrdinalIgnoreCase));
        if (known is null)
            return $"There is no setting '{given.Name}'{Nearest.Hint(parts[0], s_fields)}";
        var problem = (known, parts.Length) switch
        {
            ("weight", 1) => SetWeight(given.Text),
            ("hides", 1) => SetHides(given.Text),
            ("value", 1) => SetValue(given.Text),
            ("value", 2) => SetThreshold(parts[1], given.Text),
            ("cancels", 1) => SetCancels(given.Text),
            ("aliases", 1 or 2) => AddAliases(given),
            ("counts", 1) => SetRole(given.Text),
            ("revenue", 1) => SetRevenue(given.Text),
            _ => $"give {known} one value",
        };
        if (problem is not null)
            return $"{given.Name} is {SettingsReader.Shown(given)}; {problem}.";
        _sources[known] = given.Source;
        return null;
    }

    /// <param name="builtIn">What counts where nothing is set; null for a type that is not built in.</param>
    /// <returns>Null if there is no weight.</returns>
    internal EventType? ToType(EventType? builtIn)
    {
        if ((_weight ?? builtIn?.Weight) is not { } weight)
            return null;
        return new EventType
        {
            Weight = weight,
            Hides = _hides ?? builtIn?.Hides ?? false,
            Value = _value ?? builtIn?.Value ?? ValueRule.Ignore,
            Cancels = _cancels.IsSet ? _cancels.Type : builtIn?.Cancels,
            Aliases = Aliases ?? builtIn?.Aliases ?? [],
            Role = _role ?? builtIn?.Role ?? FeedbackRole.None,
            IsRevenue = _isRevenue ?? builtIn?.IsRevenue ?? false,
        };
    }

    private string? SetWeight(string? text)
    {
        if (Number(text) is not { } weight || Math.Abs(weight) > EventType.MaximumWeight)
            return "give a number from -1,000,000 to 1,000,000";
        _weight = weight;
        return null;
    }

    private string? SetHides(string? text)
    {
        if (!bool.TryParse(text, out var hides))
            return "give true or false";
        _hides = hides;
        return null;
    }

    private string? SetRole(string? text)
    {
        switch (text)
        {
            case "click":
                _role = FeedbackRole.Click;
                return null;
            case "conversion":
                _role = FeedbackRole.Conversion;
                return null;
            case "nothing":
                _role = FeedbackRole.None;
                return null;
            default:
                return "give \"click\", \"conversion\" or \"nothing\"";
        }
    }

    private string? SetRevenue(string? text)
    {
        if (!bool.TryParse(text, out var isRevenue))
            return "give true or false";
        _isRevenue = isRevenue;
        return null;
    }

    private string? SetValue(string? text)
    {
        if (string.Equals(text, "ignore", StringComparison.OrdinalIgnoreCase))
            _value = ValueRule.Ignore;
        else if (string.Equals(text, "multiply", StringComparison.OrdinalIgnoreCase))
            _value = ValueRule.Multiply;
        else
            return "give \"ignore\", \"multiply\" or { \"positiveFrom\": 3.5 }";
        return null;
    }

    private string? SetThreshold(string name, string? text)
    {
        if (!name.Equals("positiveFrom", StringComparison.OrdinalIgnoreCase) || Number(text) is not { } threshold)
            return "give \"ignore\", \"multiply\" or { \"positiveFrom\": 3.5 }";
        _value = ValueRule.PositiveFrom(threshold);
        return null;
    }

    private string? SetCancels(string? text)
    {
        if (!string.IsNullOrEmpty(text) && InteractionType.TryParse(text) is null)
            return "give the name of a type, or \"\" for none";
        _cancels = (true, string.IsNullOrEmpty(text) ? null : InteractionType.Parse(text));
        return null;
    }

    /// <summary>One element of the file's array, or the whole list of an environment variable with commas.</summary>
    private string? AddAliases(GivenValue given)
    {
        var names = (given.Text ?? "").Split(
            ',',
            StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries
        );
        var aliases = names.Select(name => InteractionType.TryParse(name)).ToList();
        if (aliases.Contains(null))
            return "an alias is of the form [a-z][a-z0-9_-]{0,31}";
        if (given.Source == SettingSource.Environment)
        {
            Aliases = [.. aliases.OfType<InteractionType>()];
            return null;
        }
        _fileAliases.AddRange(aliases.OfType<InteractionType>());
        Aliases = _fileAliases;
        return null;
    }

    private static double? Number(string? text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
        && double.IsFinite(number)
            ? number
            : null;
}
