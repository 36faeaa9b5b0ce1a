using System.Globalization;
using System.Runtime.InteropServices;
using Recommendation.Domain;

namespace Recommendation.Import.Internals.Times;

/// <summary>
/// Reads the times of a file. What the event format knows stays as it is; the rest becomes what it knows. A date
/// without a time gets as many milliseconds after midnight as rows of that day came before it, so that the order of the
/// file decides which was the earlier.
/// </summary>
internal sealed class TimeReader(TimeForm form)
{
    private const int MostOfDay = 24 * 60 * 60 * 1000 - 1;

    // Milliseconds of 13 digits, from 2001 to 2286, are what most files have: they stay as they
    // are, without being converted.
    private const int DigitsOfMilliseconds = 13;

    private readonly Dictionary<long, int> _rowsOfDay = [];
    private string? _lastText;
    private string? _lastTime;
    private DateTimeOffset? _lastDay;

    /// <summary>Why the last text can't be read, as a clause; null where it could.</summary>
    internal string? Problem { get; private set; }

    /// <summary>Whether the last time was moved to keep the order of the file.</summary>
    internal bool IsMoved { get; private set; }

    /// <returns>The time for the event format; the text itself where it can't be read.</returns>
    internal string? Read(string? text)
    {
        if (!ReferenceEquals(text, _lastText))
        {
            _lastText = text;
            (_lastTime, _lastDay, Problem) = text is null ? (null, null, null) : Convert(text);
        }
        IsMoved = false;
        if (_lastDay is not { } day)
            return _lastTime;
        ref var rows = ref CollectionsMarshal.GetValueRefOrAddDefault(_rowsOfDay, day.UtcTicks, out _);
        var before = rows;
        rows = Math.Min(rows + 1, MostOfDay);
        IsMoved = before > 0;
        return IsMoved ? Timestamps.Format(day.AddMilliseconds(before)) : _lastTime;
    }

    private (string Time, DateTimeOffset? Day, string? Problem) Convert(string text)
    {
        if (form.Unit == EpochUnit.Milliseconds && text.Length == DigitsOfMilliseconds && text[0] != '0'
            && text.AsSpan().IndexOfAnyExceptInRange('0', '9') < 0)
            return (text, null, null);
        if (decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number))
            return OfNumber(text, number);
        if (Timestamps.Parse(text) is { } time)
            return (text, IsDay(text) ? time : null, null);
        if (DateText.TryRead(text, out var date) && date.ToTime(form.Order) is { } day)
            return (Timestamps.Format(day), date.HasTime ? null : day, null);
        return (
            text,
            null,
            "is no time that is known: ISO 8601 (2026-01-31T12:00:00Z), a date such as 31/1/2026 12:00, or a number "
                + "since 1970"
        );
    }

    private (string Time, DateTimeOffset? Day, string? Problem) OfNumber(string text, decimal number)
    {
        if (Calendar(text) is { } day)
            return (Timestamps.Format(day), day, null);
        if (Math.Abs(number) > 1e19m)
            return (text, null, "is no time");
        var milliseconds = EpochNumbers.ToMilliseconds(number, form.Unit);
        var known = milliseconds.ToString(CultureInfo.InvariantCulture);
        if (Timestamps.Parse(known) is not { } time || time < Timestamps.Earliest)
            return (
                text,
                null,
                $"is no time from 1990 on; the numbers of this file are {EpochNumbers.NameOf(form.Unit)}"
            );
        return (known, null, null);
    }

    /// <summary>A number such as 20260131, which as an epoch in seconds is a day of 1970.</summary>
    private static DateTimeOffset? Calendar(string text) =>
        text.Length == 8 && text[0] is '1' or '2'
            ? Timestamps.Parse($"{text.AsSpan(0, 4)}-{text.AsSpan(4, 2)}-{text.AsSpan(6, 2)}")
            : null;

    private static bool IsDay(string text) => text.AsSpan().Trim().Length == 10;
}
