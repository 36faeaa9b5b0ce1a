namespace Recommendation.Import.Internals.Times;

/// <summary>What the numbers of a time column count since 1970.</summary>
internal enum EpochUnit
{
    Milliseconds,
    Seconds,
    Microseconds,
    Nanoseconds,
}

/// <summary>How the times of a file are to be read.</summary>
internal readonly record struct TimeForm(DateOrder Order, EpochUnit Unit);

/// <summary>Numbers that count from 1970. Between 1990 and 2100 no number is plausible in two units.</summary>
internal static class EpochNumbers
{
    private const double Earliest = 631_152_000; // 1990-01-01 in seconds
    private const double Latest = 4_102_444_800; // 2100-01-01 in seconds

    private static readonly EpochUnit[] s_units =
    [
        EpochUnit.Seconds,
        EpochUnit.Milliseconds,
        EpochUnit.Microseconds,
        EpochUnit.Nanoseconds,
    ];

    internal static EpochUnit? PlausibleUnit(double number)
    {
        foreach (var unit in s_units)
        {
            var seconds = number / PerSecond(unit);
            if (seconds is >= Earliest and < Latest)
                return unit;
        }
        return null;
    }

    internal static long ToMilliseconds(decimal number, EpochUnit unit) =>
        (long)Math.Floor(number * 1000 / PerSecond(unit));

    internal static string NameOf(EpochUnit unit) => unit switch
    {
        EpochUnit.Seconds => "seconds since 1970",
        EpochUnit.Microseconds => "microseconds since 1970",
        EpochUnit.Nanoseconds => "nanoseconds since 1970",
        _ => "milliseconds since 1970",
    };

    private static long PerSecond(EpochUnit unit) => unit switch
    {
        EpochUnit.Seconds => 1,
        EpochUnit.Milliseconds => 1000,
        EpochUnit.Microseconds => 1_000_000,
        _ => 1_000_000_000,
    };
}
