using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Recommendation.Modeling.Linear;

/// <summary>Finds the largest values of a combination of dense rows without storing the combination.</summary>
internal static class TopKScan
{
    /// <summary>Offers every value.</summary>
    public static void Offer(ReadOnlySpan<float> values, TopK selector)
    {
        var at = 0;
        for (; at + Vector512<float>.Count <= values.Length; at += Vector512<float>.Count)
        {
            var above = Vector512.GreaterThan(
                Vector512.Create(values[at..]), Vector512.Create(selector.Threshold)).ExtractMostSignificantBits();
            for (; above != 0; above &= above - 1)
            {
                var index = at + BitOperations.TrailingZeroCount(above);
                selector.Offer(values[index], index);
            }
        }
        for (; at < values.Length; at++)
            selector.Offer(values[at], at);
    }

    /// <summary>
    /// Offers <c>(a + share · b) · factor</c> of every index; <paramref name="b"/> is not read where the share is 0.
    /// </summary>
    public static void Offer(
        ReadOnlySpan<float> a,
        ReadOnlySpan<float> b,
        float share,
        ReadOnlySpan<float> factors,
        TopK selector
    )
    {
        if (share != 0 && b.Length < a.Length)
            throw new ArgumentException("It must be as long as the first row.", nameof(b));
        ref var first = ref MemoryMarshal.GetReference(a);
        ref var second = ref MemoryMarshal.GetReference(share == 0 ? a : b);
        ref var factor = ref MemoryMarshal.GetReference(factors[..a.Length]);
        var shares = Vector512.Create(share);
        var at = 0;
        for (; at + Vector512<float>.Count <= a.Length; at += Vector512<float>.Count)
        {
            var sum = Vector512.LoadUnsafe(ref first, (nuint)at);
            if (share != 0)
                sum = Vector512.FusedMultiplyAdd(Vector512.LoadUnsafe(ref second, (nuint)at), shares, sum);
            var values = sum * Vector512.LoadUnsafe(ref factor, (nuint)at);
            var above = Vector512
                .GreaterThan(values, Vector512.Create(selector.Threshold))
                .ExtractMostSignificantBits();
            for (; above != 0; above &= above - 1)
            {
                var lane = BitOperations.TrailingZeroCount(above);
                selector.Offer(values[lane], at + lane);
            }
        }
        for (; at < a.Length; at++)
            selector.Offer((share != 0 ? MathF.FusedMultiplyAdd(b[at], share, a[at]) : a[at]) * factors[at], at);
    }
}
