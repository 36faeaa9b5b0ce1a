using System.Globalization;
using Recommendation.Domain.Items;

namespace Recommendation.Settings;

/// <summary>
/// Reads <c>catalogue.attributes</c>: the type of an attribute by its name, such as <c>"number"</c>, or an object with
/// <c>type</c> and, for a vector, <c>length</c>.
/// </summary>
internal sealed class AttributesReader(List<string> problems)
{
    internal const string Root = "catalogue.attributes";

    private readonly SortedDictionary<string, (string? Type, int? Length, SettingSource Source)> _given =
        new(StringComparer.Ordinal);

    internal static bool IsOfAttributes(GivenValue given) =>
        given.Path.Equals(Root, StringComparison.OrdinalIgnoreCase)
        || given.Path.StartsWith(Root + ".", StringComparison.OrdinalIgnoreCase);

    internal void Add(GivenValue given)
    {
        var names = given.Path.Split('.');
        if (names.Length == 2)
        {
            if (!string.IsNullOrEmpty(given.Text))
                problems.Add(
                    $"{given.Name} is {SettingsReader.Shown(given)}; it is an object with a member for each "
                        + "attribute.");
            return;
        }
        if (ProblemOf(given, names) is { } problem)
            problems.Add(problem);
    }

    /// <summary>What the attributes are; those without a problem, if there are problems.</summary>
    internal (IReadOnlyDictionary<string, AttributeShape> Shapes, IReadOnlyList<SettingValue> Values) Build()
    {
        var shapes = new Dictionary<string, AttributeShape>(StringComparer.Ordinal);
        var values = new List<SettingValue>();
        foreach (var (name, (type, length, source)) in _given)
        {
            if (AttributeShape.TryParse(type, length) is not { } shape)
            {
                problems.Add(type is null
                    ? $"{Root}.{name} has no type; give one of {Types}."
                    : $"{Root}.{name}.length is {length}; a vector alone has a length, 1–{ItemRules.MaximumVector}.");
                continue;
            }
            shapes[name] = shape;
            var text = string.Create(CultureInfo.InvariantCulture, $"{shape.TypeName} {shape.Length}").TrimEnd();
            values.Add(new SettingValue($"{Root}.{name}", text, source));
        }
        return (shapes, values);
    }

    private static string Types => string.Join(", ", AttributeShape.TypeNames);

    private string? ProblemOf(GivenValue given, string[] names)
    {
        var name = names[2];
        if (!ItemRules.IsName(name) || ItemProperty.Reserved.Contains(name))
            return $"{given.Name}: '{name}' is no name of an attribute; use letters, digits and underscores, and no "
                + "name of a property that every item has.";
        var (type, length, _) = _given.GetValueOrDefault(name);
        var member = names.Length == 3 ? "type" : string.Join('.', names[3..]);
        if (member.Equals("type", StringComparison.OrdinalIgnoreCase))
        {
            if (AttributeShape.TryParse(given.Text) is not { } shape)
                return $"{given.Name} is {SettingsReader.Shown(given)}; give one of {Types}.";
            _given[name] = (shape.TypeName, length, given.Source);
            return null;
        }
        if (!member.Equals("length", StringComparison.OrdinalIgnoreCase))
            return $"There is no setting '{given.Name}'{Nearest.Hint(member, ["type", "length"])}";
        if (!int.TryParse(given.Text, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            return $"{given.Name} is {SettingsReader.Shown(given)}; give a whole number, 1–{ItemRules.MaximumVector}.";
        _given[name] = (type, number, given.Source);
        return null;
    }
}
