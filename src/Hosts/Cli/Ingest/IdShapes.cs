using System.Globalization;

namespace Recommendation.Cli.Ingest;

/// <summary>
/// Notices ids that a spreadsheet has changed: leading zeros that are gone, and long numbers that were rounded.
/// </summary>
internal sealed class IdShapes(string meaning)
{
    private const int MostDigits = 20;

    // Codes of fixed length: EAN-8, ISBN-10, UPC, EAN-13, GTIN-14.
    private static readonly int[] s_lengths = [8, 10, 12, 13, 14];

    private readonly long[] _ofLength = new long[MostDigits + 1];
    private long _rounded;
    private bool _other;

    internal void Add(string id)
    {
        if (
            id.Contains("E+", StringComparison.Ordinal)
            && double.TryParse(id, NumberStyles.Float, CultureInfo.InvariantCulture, out _)
        )
            _rounded++;
        if (id.Length <= MostDigits && id[0] != '0' && id.AsSpan().IndexOfAnyExceptInRange('0', '9') < 0)
            _ofLength[id.Length]++;
        else
            _other = true;
    }

    internal IEnumerable<string> Notes()
    {
        if (_rounded > 0)
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"{_rounded:n0} values of {meaning} look like 1.23E+12: a spreadsheet has rounded them. Export the "
                    + $"file again with that column as text."
            );
        var longest = Array.FindLastIndex(_ofLength, count => count > 0);
        if (_other || !s_lengths.Contains(longest))
            yield break;
        var (full, shorter) = (_ofLength[longest], _ofLength.Take(longest).Sum());
        if (shorter > 0 && full >= 4 * shorter)
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"{shorter:n0} values of {meaning} are shorter than the {longest} digits of the others, and none "
                    + $"begins with 0: were leading zeros lost?"
            );
    }
}
