using System.Globalization;

namespace Recommendation.Deploy.Settings;

/// <summary>A setting that context can override: <c>-c {Key}={value}</c>.</summary>
/// <param name="Meaning">For the documentation.</param>
/// <param name="Read">The value as text; empty where there is none.</param>
/// <param name="Apply">The settings with another value.</param>
internal sealed record Setting(
    string Key,
    string Meaning,
    Func<StackSettings, string> Read,
    Func<StackSettings, string, StackSettings> Apply
)
{
    internal static int Number(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw new FormatException("give a whole number");

    internal static bool Switch(string text) => text switch
    {
        "true" => true,
        "false" => false,
        _ => throw new FormatException("give 'true' or 'false'"),
    };

    internal static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    internal static string Text(bool value) => value ? "true" : "false";
}
