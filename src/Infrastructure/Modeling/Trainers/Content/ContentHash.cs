using System.Globalization;
using Recommendation.Domain;

namespace Recommendation.Modeling.Trainers.Content;

/// <summary>Features as 64-bit hashes of kind and token, which are the same in every process.</summary>
internal static class ContentHash
{
    private const float OwnBin = 1;
    private const float NextBin = 0.5f;

    public static ulong Of(string kind, string token) => StableHash.Of($"{kind}\n{token}");

    /// <summary>The hashes of a feature, and how much each counts: a number also counts a little in the bins beside
    /// its own.
    /// </summary>
    public static IEnumerable<(ulong Hash, float Count)> Of(ContentKind kind, ContentFeature feature)
    {
        if (feature.Token is { } token)
        {
            yield return (Of(kind.Name, token), 1);
            yield break;
        }
        if (kind.Bounds.Length == 0)
            yield break;
        var own = kind.BinOf(feature.Number);
        for (var bin = Math.Max(0, own - 1); bin <= Math.Min(kind.Bounds.Length, own + 1); bin++)
            yield return (Of(kind.Name, bin.ToString(CultureInfo.InvariantCulture)), bin == own ? OwnBin : NextBin);
    }
}
