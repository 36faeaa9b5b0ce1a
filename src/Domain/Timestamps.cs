using System.Globalization;

namespace Recommendation.Domain;

/// <summary>The one way in which times are read and written: UTC, whole milliseconds.</summary>
public static class Timestamps
{
    /// <summary>
    /// No event is older than this; an earlier time is a unit mistake (seconds for milliseconds) or a default.
    /// </summary>
    public static readonly DateTimeOffset Earliest = new(1990, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Writes <c>yyyy-MM-ddTHH:mm:ss.fffZ</c>.</summary>
    public static string Format(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    /// <summary>Cuts a time to whole milliseconds in UTC, rounding towards the past.</summary>
    public static DateTimeOffset ToMilliseconds(DateTimeOffset time) =>
        new(time.UtcTicks - (time.UtcTicks % TimeSpan.TicksPerMillisecond), TimeSpan.Zero);

    /// <summary>
    /// Reads ISO 8601 (<c>yyyy-MM-dd</c>, then optionally <c>T</c> or a space and <c>HH:mm[:ss[.f…]]</c>, then
    /// optionally <c>Z</c>, <c>UTC</c>, <c>GMT</c> or an offset, also after a space; no offset means UTC) or epoch
    /// milliseconds. A leap second (<c>:60</c>) is read as the second after it, because the time scale
    /// of .NET has none.
    /// </summary>
    /// <returns>The time in UTC, cut to milliseconds; null where the text is neither.</returns>
    public static DateTimeOffset? Parse(ReadOnlySpan<char> text)
    {
        text = text.Trim();
        return text.Length >= 10 && text[4] == '-' ? ParseIso(text) : ParseEpoch(text);
    }

    private static DateTimeOffset? ParseEpoch(ReadOnlySpan<char> text)
    {
        const long maximum = 253402300799999; // 9999-12-31T23:59:59.999Z
        if (!long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var milliseconds))
            return null;
        return milliseconds is >= -maximum / 10 and <= maximum
            ? DateTimeOffset.FromUnixTimeMilliseconds(milliseconds)
            : null;
    }

    private static DateTimeOffset? ParseIso(ReadOnlySpan<char> text)
    {
        var at = 0;
        if (
            !Digits(text, ref at, 4, out var year)
            || !Skip(text, ref at, '-')
            || !Digits(text, ref at, 2, out var month)
            || !Skip(text, ref at, '-')
            || !Digits(text, ref at, 2, out var day)
        )
            return null;
        if (year < 1 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month))
            return null;
        var ticks = new DateTime(year, month, day, 0, 0, 0, DateTimeKind.Utc).Ticks;
        if (at + 1 < text.Length && (text[at] is 'T' or 't' || (text[at] == ' ' && char.IsAsciiDigit(text[at + 1]))))
        {
            at++;
            if (!TimeOfDay(text, ref at, out var timeTicks))
                return null;
            ticks += timeTicks;
        }
        if (!Offset(text, ref at, out var offsetTicks) || at != text.Length)
            return null;
        ticks -= offsetTicks;
        return ticks < 0 || ticks > DateTime.MaxValue.Ticks
            ? null
            : ToMilliseconds(new DateTimeOffset(ticks, TimeSpan.Zero));
    }

    private static bool TimeOfDay(ReadOnlySpan<char> text, ref int at, out long ticks)
    {
        ticks = 0;
        if (
            !Digits(text, ref at, 2, out var hour)
            || !Skip(text, ref at, ':')
            || !Digits(text, ref at, 2, out var minute)
        )
            return false;
        var second = 0;
        if (at < text.Length && text[at] == ':')
        {
            at++;
            if (!Digits(text, ref at, 2, out second))
                return false;
        }
        if (hour > 23 || minute > 59 || second > 60)
            return false;
        ticks = (((hour * 60L) + minute) * 60 + second) * TimeSpan.TicksPerSecond;
        if (at >= text.Length || text[at] is not ('.' or ','))
            return true;
        at++;
        var start = at;
        for (var unit = TimeSpan.TicksPerSecond / 10; at < text.Length && char.IsAsciiDigit(text[at]); at++, unit /= 10)
            ticks += (text[at] - '0') * unit;
        return at > start;
    }

    private static bool Offset(ReadOnlySpan<char> text, ref int at, out long ticks)
    {
        ticks = 0;
        if (at == text.Length)
            return true;
        if (text[at] == ' ')
            at++;
        if (text[at..] is "Z" or "z" or "UTC" or "GMT")
        {
            at = text.Length;
            return true;
        }
        var sign = text[at++];
        if (sign is not ('+' or '-' or '\u2212') || !Digits(text, ref at, 2, out var hours))
            return false;
        var minutes = 0;
        if (at < text.Length)
        {
            Skip(text, ref at, ':');
            if (!Digits(text, ref at, 2, out minutes))
                return false;
        }
        if (hours > 23 || minutes > 59)
            return false;
        ticks = ((hours * 60L) + minutes) * TimeSpan.TicksPerMinute * (sign == '+' ? 1 : -1);
        return true;
    }

    private static bool Digits(ReadOnlySpan<char> text, ref int at, int count, out int value)
    {
        value = 0;
        if (at + count > text.Length)
            return false;
        for (var end = at + count; at < end; at++)
        {
            if (!char.IsAsciiDigit(text[at]))
                return false;
            value = (value * 10) + (text[at] - '0');
        }
        return true;
    }

    private static bool Skip(ReadOnlySpan<char> text, ref int at, char expected)
    {
        if (at >= text.Length || text[at] != expected)
            return false;
        at++;
        return true;
    }
}
