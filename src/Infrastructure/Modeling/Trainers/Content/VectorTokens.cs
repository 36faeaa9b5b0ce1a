using System.Globalization;

namespace Recommendation.Modeling.Trainers.Content;

/// <summary>
/// Quantises a vector to 32 tokens of 4 signs each of seeded random projections (Charikar 2002). The share of tokens that
/// two vectors have in common is about <c>(1 - θ/π)⁴</c>, with θ the angle between them.
/// </summary>
internal static class VectorTokens
{
    private const int Tokens = 32;
    private const int SignsPerToken = 4;

    public static IEnumerable<string> Of(IReadOnlyList<float> vector)
    {
        for (var token = 0; token < Tokens; token++)
        {
            var signs = 0;
            for (var sign = 0; sign < SignsPerToken; sign++)
            {
                var sum = 0d;
                for (var at = 0; at < vector.Count; at++)
                    sum += vector[at] * Projection((token * SignsPerToken) + sign, at);
                signs |= sum > 0 ? 1 << sign : 0;
            }
            // The length is part of the token: vectors of different lengths have nothing in common.
            yield return string.Create(CultureInfo.InvariantCulture, $"{vector.Count}:{token}:{signs}");
        }
    }

    /// <summary>A number from -1 to 1 that depends on the arguments only (the finaliser of SplitMix64).</summary>
    private static double Projection(int plane, int at)
    {
        var mixed = unchecked(((ulong)(uint)plane << 32 | (uint)at) + 0x9E3779B97F4A7C15UL);
        mixed = unchecked((mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9UL);
        mixed = unchecked((mixed ^ (mixed >> 27)) * 0x94D049BB133111EBUL);
        return ((mixed ^ (mixed >> 31)) >> 11) * (2.0 / (1UL << 53)) - 1;
    }
}
