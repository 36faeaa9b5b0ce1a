namespace Recommendation.Modeling.Data;

/// <summary>Draws users by their number, so that every reading of the same data draws the same ones.</summary>
internal static class UserSample
{
    /// <param name="number">The place of the user among all.</param>
    /// <param name="share">The share of users to draw, 0 … 1.</param>
    public static bool Has(long number, double share)
    {
        // The finalizer of SplitMix64: neighbouring numbers give independent results.
        var bits = unchecked((ulong)number * 0x9E3779B97F4A7C15);
        bits = unchecked((bits ^ (bits >> 30)) * 0xBF58476D1CE4E5B9);
        bits = unchecked((bits ^ (bits >> 27)) * 0x94D049BB133111EB);
        return ((bits ^ (bits >> 31)) >> 11) * double.Exp2(-53) < share;
    }
}
