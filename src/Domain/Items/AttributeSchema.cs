using System.Globalization;

namespace Recommendation.Domain.Items;

/// <summary>
/// What each attribute of a catalogue is: what the settings declare, else what the first use of it said. An attribute
/// that is used for the first time is added.
/// </summary>
/// <param name="known">The attributes that are known.</param>
public sealed class AttributeSchema(IReadOnlyDictionary<string, AttributeShape> known)
{
    /// <summary>Whole numbers with more digits are no numbers but codes.</summary>
    private const int MostDigits = 15;

    private readonly Dictionary<string, AttributeShape> _added = new(StringComparer.Ordinal);

    /// <summary>The attributes that were used for the first time.</summary>
    public IReadOnlyDictionary<string, AttributeShape> Added => _added;

    /// <summary>
    /// Decides what attributes are whose values are texts of a table: what all their texts can be read as.
    /// </summary>
    public void Infer(IEnumerable<ItemChange> changes)
    {
        ArgumentNullException.ThrowIfNull(changes);
        var unknown = changes.Where(change => change.IsFromText).SelectMany(change => change.Values)
            .Where(one => one.Value?.Type == AttributeType.Text && ItemRules.IsName(one.Key))
            .Where(one => ShapeOf(one.Key) is null)
            .ToLookup(one => one.Key, one => one.Value!.Text, StringComparer.Ordinal);
        foreach (var texts in unknown)
            _added[texts.Key] = new(TypeOf([.. texts]));
    }

    /// <summary>Reads the values of a change as what their attributes are.</summary>
    /// <param name="change">The change.</param>
    /// <param name="conformed">The change with values of the right types; as given if there is a problem.</param>
    /// <returns>A sentence about what is wrong; null if nothing is, and new attributes are added then.</returns>
    public string? Conform(ItemChange change, out ItemChange conformed)
    {
        ArgumentNullException.ThrowIfNull(change);
        conformed = change;
        if (ItemRules.ProblemOf(change) is { } problem)
            return problem;
        if (change.Values.Count == 0)
            return null;
        var added = new List<(string Name, AttributeShape Shape)>();
        if (Read(change.Values, change.IsFromText, ShapeOf, added, out var values) is { } wrong)
            return wrong;
        conformed = change with { Values = values, IsFromText = false };
        // Once more: the texts of a table are values of other types now.
        if (change.IsFromText && ItemRules.ProblemOf(conformed) is { } stillWrong)
            return stillWrong;
        return Add(added);
    }

    /// <summary>Reads the values of attributes that are not of items as what the attributes are.</summary>
    /// <param name="values">The values; null removes one.</param>
    /// <param name="conformed">The values in the right types.</param>
    /// <returns>A sentence about what is wrong; null if nothing is, and new attributes are added then.</returns>
    public string? Conform(
        IReadOnlyDictionary<string, AttributeValue?> values, out IReadOnlyDictionary<string, AttributeValue?> conformed)
    {
        ArgumentNullException.ThrowIfNull(values);
        conformed = values;
        foreach (var (name, value) in values)
        {
            if (ItemRules.ProblemOfAttribute(name, value) is { } problem)
                return problem;
        }
        var added = new List<(string Name, AttributeShape Shape)>();
        if (Read(values, isFromText: false, KnownShapeOf, added, out var read) is { } wrong)
            return wrong;
        conformed = read;
        return Add(added);
    }

    private string? Add(List<(string Name, AttributeShape Shape)> added)
    {
        if (known.Count + _added.Count + added.Count > ItemRules.MaximumNames
            && known.Keys.Concat(_added.Keys).Concat(added.Select(one => one.Name)).Distinct(StringComparer.Ordinal)
                .Count() > ItemRules.MaximumNames)
        {
            return $"'{added[0].Name}' would be one attribute more than the {ItemRules.MaximumNames} that a catalogue "
                + "may have.";
        }
        foreach (var (name, shape) in added)
            _added[name] = shape;
        return null;
    }

    private AttributeShape? ShapeOf(string name) =>
        ItemProperty.Find(name) is { } property ? new(property.Type) : KnownShapeOf(name);

    private AttributeShape? KnownShapeOf(string name) =>
        _added.GetValueOrDefault(name) ?? known.GetValueOrDefault(name);

    private static string? Read(
        IReadOnlyDictionary<string, AttributeValue?> given, bool isFromText, Func<string, AttributeShape?> shapeOf,
        List<(string Name, AttributeShape Shape)> added, out Dictionary<string, AttributeValue?> values)
    {
        values = new Dictionary<string, AttributeValue?>(given.Count, StringComparer.Ordinal);
        foreach (var (name, value) in given)
        {
            if (value is null)
            {
                values[name] = null;
                continue;
            }
            if (shapeOf(name) is not { } shape)
                added.Add((name, shape = AttributeShape.Of(value)));
            if (Read(name, value, shape, isFromText, out var read) is { } wrong)
                return wrong;
            values[name] = read;
            if (shape is { Type: AttributeType.Vector, Length: null } && read!.Type == AttributeType.Vector)
                added.Add((name, AttributeShape.Of(read)));
        }
        return null;
    }

    private static string? Read(
        string name, AttributeValue value, AttributeShape shape, bool isFromText, out AttributeValue? read)
    {
        read = value;
        if (value.Type == shape.Type)
            return shape.Length is { } length && value.Vector.Count != length ? Wrong(name, value, shape) : null;
        if (value.Type == AttributeType.Text && (isFromText || shape.Type == AttributeType.Time))
            read = Parse(value.Text.Trim(), shape.Type);
        else
            read = null;
        if (read is null || (shape.Length is { } needed && read.Vector.Count != needed))
            return Wrong(name, read ?? value, shape);
        return null;
    }

    private static string Wrong(string name, AttributeValue value, AttributeShape shape)
    {
        var given = value.Type == AttributeType.Text ? $"the text '{ItemRules.Short(value.Text)}'"
            : value is { Type: AttributeType.TextList, Texts.Count: 0 } ? "an empty list"
            : AttributeShape.Of(value).Description;
        return $"{name} is {given}; it must be {shape.Description}, as in the whole catalogue.";
    }

    /// <summary>Reads a text as a value of a type.</summary>
    /// <returns>Null if it is none.</returns>
    public static AttributeValue? Parse(string text, AttributeType type) => type switch
    {
        AttributeType.Text => AttributeValue.Of(text),
        AttributeType.Number => NumberOf(text) is { } number ? AttributeValue.Of(number) : null,
        AttributeType.Boolean => BooleanOf(text) is { } flag ? AttributeValue.Of(flag) : null,
        AttributeType.Time => TimeOf(text) is { } time ? AttributeValue.Of(time) : null,
        AttributeType.TextList => AttributeValue.Of(
            text.Split('|', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)),
        _ => VectorOf(text),
    };

    private static AttributeType TypeOf(IReadOnlyList<string> texts)
    {
        if (texts.All(text => NumberOf(text) is not null && !IsCode(text)))
            return AttributeType.Number;
        if (texts.All(text => bool.TryParse(text, out _)))
            return AttributeType.Boolean;
        return texts.All(text => TimeOf(text) is not null) ? AttributeType.Time : AttributeType.Text;
    }

    /// <summary>Whether digits are a name, such as a postal code or an EAN, and no amount.</summary>
    private static bool IsCode(string text)
    {
        var digits = text.AsSpan().Trim().TrimStart('-');
        return (digits.Length > 1 && digits[0] == '0' && char.IsAsciiDigit(digits[1]))
            || (digits.Length > MostDigits && !digits.ContainsAny(".eE"));
    }

    private static double? NumberOf(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
        && double.IsFinite(number) ? number : null;

    private static bool? BooleanOf(string text) => text.ToUpperInvariant() switch
    {
        "TRUE" or "YES" or "Y" or "1" => true,
        "FALSE" or "NO" or "N" or "0" => false,
        _ => null,
    };

    private static DateTimeOffset? TimeOf(string text) =>
        text.Length >= 10 && text[4] == '-' ? Timestamps.Parse(text) : null;

    private static AttributeValue? VectorOf(string text)
    {
        var parts = text.Trim('[', ']').Split(
            [',', ';', ' ', '|'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var numbers = new float[parts.Length];
        for (var i = 0; i < parts.Length; i++)
        {
            if (!float.TryParse(parts[i], NumberStyles.Float, CultureInfo.InvariantCulture, out numbers[i])
                || !float.IsFinite(numbers[i]))
            {
                return null;
            }
        }
        return numbers.Length > 0 ? AttributeValue.Of(numbers) : null;
    }
}
