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

    /// <summary>A setting that takes a whole number.</summary>
    internal static SettingDefinition Whole(
        string path,
        int minimum,
        int maximum,
        string description,
        Func<SettingTargets, int> get,
        Action<SettingTargets, int> set
    ) => new(path, SettingKind.Whole, minimum, maximum, description, at => get(at), (at, value) => set(at, (int)value));

    /// <summary>A setting that takes any number.</summary>
    internal static SettingDefinition Number(
        string path,
        double minimum,
        double maximum,
        string description,
        Func<SettingTargets, double> get,
        Action<SettingTargets, double> set
    ) => new(path, SettingKind.Number, minimum, maximum, description, get, set);

    /// <summary>A setting that is true or false.</summary>
    internal static SettingDefinition Flag(
        string path,
        string description,
        Func<SettingTargets, bool> get,
        Action<SettingTargets, bool> set
    ) => new(path, SettingKind.Flag, 0, 1, description, at => get(at) ? 1 : 0, (at, value) => set(at, value == 1));
}
