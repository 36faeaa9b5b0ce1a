using System.Globalization;
using System.Text.RegularExpressions;

namespace Recommendation.Expressions.Evaluation;

/// <summary>Durations and times as texts: <c>1h30m</c>, <c>-2.5s</c>; RFC 3339.</summary>
internal static partial class Durations
{
    /// <summary>Null if the text is no duration, or a longer one than 10,000 years.</summary>
    internal static TimeSpan? Parse(string text)
    {
        if (Whole().Match(text) is not { Success: true } match)
            return null;
        var ticks = 0m;
        var units = match.Groups["unit"].Captures;
        var numbers = match.Groups["number"].Captures;
        for (var part = 0; part < units.Count; part++)
        {
            if (!decimal.TryParse(
                numbers[part].ValueSpan, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number))
                return null;
            if (number > 1e18m)
                return null;
            ticks += number * TicksOf(units[part].Value);
        }
        var limit = (decimal)TimeSpan.FromDays(3_652_500).Ticks;
        return ticks <= limit ? new TimeSpan((long)(match.Groups["minus"].Success ? -ticks : ticks)) : null;
    }

    /// <summary>Null if the text is no time.</summary>
    internal static DateTimeOffset? ParseTime(string text) =>
        Time().IsMatch(text)
        && DateTimeOffset.TryParse(
            text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
            out var time)
            ? time : null;

    private static decimal TicksOf(string unit) => unit switch
    {
        "h" => TimeSpan.TicksPerHour,
        "m" => TimeSpan.TicksPerMinute,
        "s" => TimeSpan.TicksPerSecond,
        "ms" => TimeSpan.TicksPerMillisecond,
        "us" or "µs" => TimeSpan.TicksPerMicrosecond,
        _ => 0.01m,
    };

    [GeneratedRegex("^(?<minus>-)?(?:(?<number>[0-9]{1,20}(?:\\.[0-9]{1,20})?)(?<unit>h|ms|m|s|us|µs|ns))+$",
        RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Whole();

    [GeneratedRegex("^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]{1,9})?(Z|[+-][0-9]{2}:[0-9]{2})$",
        RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Time();
}
