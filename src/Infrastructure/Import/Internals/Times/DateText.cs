using System.Globalization;
using Recommendation.Domain;

namespace Recommendation.Import.Internals.Times;

/// <summary>
/// Dates as spreadsheets and shops write them: <c>1/12/2010 8:26</c>, <c>31.12.10</c>, <c>2010/12/1 8:26:00 PM</c>. The
/// parts may be separated by slashes, dots or hyphens; years of two digits are 1970–2069; a time may have seconds, a
/// fraction, AM or PM, and an offset.
/// </summary>
internal readonly ref struct DateText
{
    private readonly int _first;
    private readonly int _second;
    private readonly int _third;

    private DateText(int first, int second, int third, bool yearFirst, ReadOnlySpan<char> time)
    {
        (_first, _second, _third, IsYearFirst) = (first, second, third, yearFirst);
        Time = time;
    }

    /// <summary>Whether the order of the parts is certain because the year is the first.</summary>
    internal bool IsYearFirst { get; }

    /// <summary>Whether the first part can't be a month.</summary>
    internal bool MustBeDayFirst => !IsYearFirst && _first > 12 && _second <= 12;

    internal bool MustBeMonthFirst => !IsYearFirst && _second > 12 && _first <= 12;

    /// <summary>Whether both orders give a day, and not the same one.</summary>
    internal bool IsAmbiguous => !IsYearFirst && _first <= 12 && _second <= 12 && _first != _second;

    internal bool HasTime => !Time.IsEmpty;

    private ReadOnlySpan<char> Time { get; }

    /// <returns>False where the text does not begin with three numbers that could be a date.</returns>
    internal static bool TryRead(ReadOnlySpan<char> text, out DateText date)
    {
        date = default;
        text = text.Trim();
        if (!Number(ref text, 4, out var first, out var firstDigits) || !Separator(ref text, out var separator)
            || !Number(ref text, 2, out var second, out _) || !Separator(ref text, out var other) || other != separator
            || !Number(ref text, 4, out var third, out var thirdDigits))
            return false;
        var yearFirst = firstDigits == 4;
        if (firstDigits == 3 || thirdDigits == 3 || (yearFirst ? thirdDigits > 2 : thirdDigits is not (2 or 4)))
            return false;
        if (!text.IsEmpty && text[0] is not (' ' or 'T' or 't' or ','))
            return false;
        date = new DateText(
            first,
            second,
            thirdDigits == 2 && !yearFirst ? FullYear(third) : third,
            yearFirst,
            text.TrimStart(" ,Tt")
        );
        return true;
    }

    /// <returns>The time in UTC; null where there is no such day or time.</returns>
    internal DateTimeOffset? ToTime(DateOrder order)
    {
        var (year, month, day) = IsYearFirst ? (_first, _second, _third)
            : order == DateOrder.MonthFirst ? (_third, _first, _second)
            : (_third, _second, _first);
        var iso = string.Create(CultureInfo.InvariantCulture, $"{year:0000}-{month:00}-{day:00}");
        if (!HasTime)
            return Timestamps.Parse(iso);
        return TimeOfDay() is { } time ? Timestamps.Parse($"{iso}T{time}") : null;
    }

    /// <summary>The time in 24 hours with two digits for the hour, as ISO 8601 has it.</summary>
    private string? TimeOfDay()
    {
        var time = Time;
        if (!Number(ref time, 2, out var hour, out _) || time.IsEmpty || time[0] != ':')
            return null;
        var isMorning = Ends(ref time, "AM");
        var isEvening = !isMorning && Ends(ref time, "PM");
        if ((isMorning || isEvening) && hour is < 1 or > 12)
            return null;
        if (isMorning || isEvening)
            hour = (hour % 12) + (isEvening ? 12 : 0);
        return string.Create(CultureInfo.InvariantCulture, $"{hour:00}{time}");
    }

    private static bool Ends(ref ReadOnlySpan<char> text, string mark)
    {
        if (!text.EndsWith(mark, StringComparison.OrdinalIgnoreCase))
            return false;
        text = text[..^2].TrimEnd();
        return true;
    }

    private static int FullYear(int year) => year < 70 ? 2000 + year : 1900 + year;

    private static bool Number(ref ReadOnlySpan<char> text, int most, out int value, out int digits)
    {
        (value, digits) = (0, 0);
        while (digits < text.Length && char.IsAsciiDigit(text[digits]))
        {
            if (digits == most)
                return false;
            value = (value * 10) + (text[digits++] - '0');
        }
        text = text[digits..];
        return digits > 0;
    }

    private static bool Separator(ref ReadOnlySpan<char> text, out char separator)
    {
        separator = text.IsEmpty ? '\0' : text[0];
        if (separator is not ('/' or '.' or '-'))
            return false;
        text = text[1..];
        return true;
    }
}
