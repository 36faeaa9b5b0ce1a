namespace Recommendation.Domain.Models;

/// <summary>How well a model's lists of <see cref="Cutoff"/> items foresee what users came to afterwards.</summary>
/// <param name="NdcgByUser">Binary NDCG of each user's list, the ideal over min(relevant, k), in the order of the
/// users; 0 … 1.</param>
/// <param name="Recall">Hits / relevant items; 0 … 1.</param>
/// <param name="Coverage">Share of the model's items that is in any of the lists; 0 … 1.</param>
public sealed record ModelQuality(IReadOnlyList<double> NdcgByUser, double Recall, double Coverage)
{
    /// <summary>k: as many items as are shown.</summary>
    public const int Cutoff = 10;

    /// <summary>How many users were tested.</summary>
    public int Users => NdcgByUser.Count;

    /// <summary>The mean over the users.</summary>
    public double Ndcg { get; } = NdcgByUser.DefaultIfEmpty().Average();
}
