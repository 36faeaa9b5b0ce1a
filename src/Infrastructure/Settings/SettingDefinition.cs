using System.Globalization;

namespace Recommendation.Settings;

/// <summary>What kind of value a setting takes.</summary>
internal enum SettingKind
{
    /// <summary>A whole number.</summary>
    Whole,

    /// <summary>Any number.</summary>
    Number,

    /// <summary>true or false.</summary>
    Flag,
}

/// <summary>A setting with one value: where it is in the file, what it may be, and which option it sets.</summary>
/// <param name="Path">Its place in the file, such as <c>serving.storedItems</c>.</param>
/// <param name="Kind">What it takes.</param>
/// <param name="Minimum">The smallest number.</param>
/// <param name="Maximum">The greatest number.</param>
/// <param name="Description">One sentence for the schema and the page of settings.</param>
/// <param name="Get">Reads the option as a number; a flag is 1 or 0.</param>
/// <param name="Set">Sets the option.</param>
internal sealed record SettingDefinition(
    string Path,
    SettingKind Kind,
    double Minimum,
    double Maximum,
    string Description,
    Func<SettingTargets, double> Get,
    Action<SettingTargets, double> Set
)
{
    /// <summary>The default, as the file would have it.</summary>
    internal string Default => ToText(Get(SettingTargets.Defaults));

    /// <returns>The value; null if the text is none that the setting takes.</returns>
    internal double? Parse(string text)
    {
        if (Kind == SettingKind.Flag)
            return bool.TryParse(text, out var flag)
                ? flag
                    ? 1
                    : 0
                : null;
        return
            double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            && number >= Minimum
            && number <= Maximum
            && (Kind == SettingKind.Number || Math.Floor(number) == number)
            ? number
            : null;
    }

    /// <summary>What the setting takes, after "give".</summary>
    internal string Allowed => Kind switch
    {
        SettingKind.Flag => "true or false",
        SettingKind.Whole => string.Create(CultureInfo.InvariantCulture, $"a whole number, {Minimum:n0}–{Maximum:n0}"),
        _ => string.Create(CultureInfo.InvariantCulture, $"a number, {Minimum:#,0.######}–{Maximum:#,0.######}"),
    };

    internal string ToText(double value) => Kind == SettingKind.Flag
        ? value == 1 ? "true" : "false" : value.ToString(CultureInfo.InvariantCulture);
}
