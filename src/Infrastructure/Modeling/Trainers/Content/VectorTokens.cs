using System.Collections.Concurrent;
using System.Globalization;
using System.Numerics.Tensors;

namespace Recommendation.Modeling.Trainers.Content;

/// <summary>
/// Quantises a vector to 32 tokens of 4 signs each of seeded random projections (Charikar 2002). The share of tokens
/// that two vectors have in common is about <c>(1 - θ/π)⁴</c>, with θ the angle between them.
/// </summary>
internal static class VectorTokens
{
    private const int Tokens = 32;
    private const int SignsPerToken = 4;

    /// <summary>Projections are kept for so many lengths of vectors; a catalogue has one or two.</summary>
    private const int MaximumKept = 8;

    private static readonly ConcurrentDictionary<int, float[]> s_projections = new();

    public static IEnumerable<string> Of(IReadOnlyList<float> vector)
    {
        var values = vector as float[] ?? [.. vector];
        var projections = s_projections.TryGetValue(values.Length, out var known) ? known : Projections(values.Length);
        for (var token = 0; token < Tokens; token++)
        {
            var signs = 0;
            for (var sign = 0; sign < SignsPerToken; sign++)
            {
                var plane = projections.AsSpan(((token * SignsPerToken) + sign) * values.Length, values.Length);
                signs |= TensorPrimitives.Dot<float>(values, plane) > 0 ? 1 << sign : 0;
            }
            // The length is part of the token: vectors of different lengths have nothing in common.
            yield return string.Create(CultureInfo.InvariantCulture, $"{values.Length}:{token}:{signs}");
        }
    }

    private static float[] Projections(int length)
    {
        var projections = new float[Tokens * SignsPerToken * length];
        for (var at = 0; at < projections.Length; at++)
            projections[at] = Number(at);
        if (s_projections.Count < MaximumKept)
            s_projections.TryAdd(length, projections);
        return projections;
    }

    /// <summary>A number from -1 to 1 that depends on the argument only (the finaliser of SplitMix64).</summary>
    private static float Number(int at)
    {
        var mixed = unchecked(((ulong)at + 1) * 0x9E3779B97F4A7C15UL);
        mixed = unchecked((mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9UL);
        mixed = unchecked((mixed ^ (mixed >> 27)) * 0x94D049BB133111EBUL);
        return (float)(((mixed ^ (mixed >> 31)) >> 11) * (2.0 / (1UL << 53))) - 1;
    }
}
