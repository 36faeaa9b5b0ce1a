namespace Recommendation.Domain.Recommendations;

/// <summary>
/// Rounds what adds up to a score so that it still does, to the last digit shown: each part to the place of the score's
/// last digit, and what the rounding left over to the parts that it changed most (Hare-Niemeyer).
/// </summary>
public static class ScoreShares
{
    private const int Digits = 6;
    private const int MostDecimals = 20;

    /// <param name="score">The sum as it is shown.</param>
    /// <param name="parts">What it is made of; the sum may differ from the score by what arithmetic
    /// in 32 bits loses.</param>
    /// <returns>The parts in the same order; their sum is the score exactly.</returns>
    public static IReadOnlyList<decimal> Of(Score score, IReadOnlyList<double> parts)
    {
        ArgumentNullException.ThrowIfNull(parts);
        var decimals = Decimals(score, parts);
        var unit = 1m;
        for (var i = 0; i < decimals; i++)
            unit /= 10;
        var shares = parts.Select(part => Math.Round((decimal)part, decimals)).ToArray();
        var left = ((decimal)score.Value - shares.Sum()) / unit;
        var order = Enumerable.Range(0, shares.Length)
            .OrderByDescending(i => Math.Sign(left) * ((decimal)parts[i] - shares[i]))
            .ThenByDescending(i => Math.Abs(shares[i]))
            .ToArray();
        for (var i = 0; left != 0 && shares.Length > 0; i = (i + 1) % shares.Length)
        {
            var step = Math.Sign(left) * Math.Min(1, Math.Abs(left));
            shares[order[i]] += step * unit;
            left -= step;
        }
        return shares;
    }

    private static int Decimals(Score score, IReadOnlyList<double> parts)
    {
        var scale = score.Value != 0 ? Math.Abs(score.Value) : parts.Select(Math.Abs).DefaultIfEmpty().Max();
        return scale == 0 ? 0 : Math.Clamp(Digits - 1 - (int)Math.Floor(Math.Log10(scale)), 0, MostDecimals);
    }
}
