using System.Globalization;

namespace Recommendation.Import.Internals.Times;

/// <summary>
/// Tells from the times of a file how all of them are to be read: the order of day and month, and the unit of numbers.
/// </summary>
internal sealed class TimeSurvey(string file, string column, DateOrder asked)
{
    private readonly long[] _units = new long[4];
    private long _numbers;
    private long _dayFirst;
    private long _monthFirst;
    private long _yearFirst;
    private string? _ambiguous;
    private string? _certain;
    private string? _last;

    /// <summary>Whether more of the file could change the answer from "not known".</summary>
    internal bool IsUndecided =>
        (_ambiguous is not null && asked == DateOrder.Auto && _dayFirst == 0 && _monthFirst == 0)
        || (_numbers > 0 && _units.Max() == 0);

    /// <summary>What the times of the file look like, for people.</summary>
    internal string Description
    {
        get
        {
            if (_dayFirst + _monthFirst > 0 || _ambiguous is not null)
                return Order() == DateOrder.MonthFirst ? "month/day/year" : "day/month/year";
            if (_numbers > _yearFirst)
                return EpochNumbers.NameOf(Unit());
            return _yearFirst > 0 ? "ISO 8601" : "none";
        }
    }

    internal void Add(string? text)
    {
        if (text is null || ReferenceEquals(text, _last))
            return;
        _last = text;
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number))
        {
            _numbers++;
            if (EpochNumbers.PlausibleUnit(number) is { } unit)
                _units[(int)unit]++;
            return;
        }
        if (!DateText.TryRead(text, out var date))
            return;
        if (date.MustBeDayFirst && _dayFirst++ == 0)
            _certain ??= text;
        else if (date.MustBeMonthFirst && _monthFirst++ == 0)
            _certain ??= text;
        else if (date.IsAmbiguous)
            _ambiguous ??= text;
        _yearFirst += date.IsYearFirst ? 1 : 0;
    }

    /// <exception cref="InputException">The order of day and month can't be told.</exception>
    internal TimeForm Decide(bool wholeFile)
    {
        if (asked == DateOrder.Auto && _dayFirst > 0 && _monthFirst > 0)
            throw new InputException(
                $"The dates of '{file}' (column '{column}', such as '{_certain}') are day/month in some rows and "
                    + "month/day in others; "
                    + "say with --dates dmy or --dates mdy which are right, and the others are rejected."
            );
        if (asked == DateOrder.Auto && IsUndecided && _ambiguous is not null)
            throw new InputException(
                $"The dates of '{file}' (column '{column}', such as '{_ambiguous}') can be day/month or month/day, "
                    + "and no row "
                    + $"{(wholeFile ? "" : "at the beginning ")}decides; say which with --dates dmy or --dates mdy."
            );
        return new TimeForm(Order(), Unit());
    }

    private DateOrder Order()
    {
        if (asked != DateOrder.Auto)
            return asked;
        return _monthFirst > 0 ? DateOrder.MonthFirst : DateOrder.DayFirst;
    }

    // Without any plausible number the event format's unit is as good as another: each row is rejected with what it
    // reads as.
    private EpochUnit Unit() =>
        _units.Max() == 0 ? EpochUnit.Milliseconds : (EpochUnit)Array.IndexOf(_units, _units.Max());
}
