using System.Globalization;
using System.Text;
using System.Text.Unicode;
using Recommendation.Domain;

namespace Recommendation.Import.Internals.ParquetFiles;

/// <summary>Values of Parquet as the text that a CSV file would have.</summary>
internal static class ParquetText
{
    /// <summary>Whole numbers up to here are exact in a double.</summary>
    private const double MostWhole = 1L << 53;

    internal static string? Of(ReadOnlyMemory<char> value) => value.ToString();

    /// <summary>Text of writers that don't say that it is text; null where it is none.</summary>
    internal static string? Of(ReadOnlyMemory<byte> value) =>
        Utf8.IsValid(value.Span) ? Encoding.UTF8.GetString(value.Span) : null;

    internal static string? Of(int value) => value.ToString(CultureInfo.InvariantCulture);

    internal static string? Of(long value) => value.ToString(CultureInfo.InvariantCulture);

    /// <summary>
    /// Without <c>.0</c>: programs turn whole numbers into these where some are missing, and write the
    /// missing ones as NaN.
    /// </summary>
    internal static string? Of(double value)
    {
        if (!double.IsFinite(value))
            return null;
        return double.IsInteger(value) && Math.Abs(value) <= MostWhole
            ? ((long)value).ToString(CultureInfo.InvariantCulture) : value.ToString("R", CultureInfo.InvariantCulture);
    }

    internal static string? Of(float value) => float.IsInteger(value) ? Of((double)value)
        : float.IsFinite(value) ? value.ToString("R", CultureInfo.InvariantCulture) : null;

    internal static string? Of(decimal value) =>
        value.ToString("0.############################", CultureInfo.InvariantCulture);

    internal static string? Of(TimeSpan value) => value.ToString("hh\\:mm\\:ss\\.fff", CultureInfo.InvariantCulture);

    /// <summary>Times of Parquet without an offset are UTC, as everywhere.</summary>
    internal static string? Of(DateTime value) => Timestamps.Format(new DateTimeOffset(value.Ticks, TimeSpan.Zero));

    internal static string? OfDay(DateTime value) => value.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
