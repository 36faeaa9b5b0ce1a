namespace Recommendation.Domain.Statistics;

/// <summary>
/// Whether users were assigned as planned, tested anew at every look: the sequential multinomial test of Lindon and
/// Malek 2022 ("Anytime-Valid Inference for Multinomial Count Data", NeurIPS). The Bayes factor of "other shares"
/// (Dirichlet) against "the planned shares" exceeds 1/α with a probability of at most α, at whatever look.
/// </summary>
public static class SampleRatioTest
{
    /// <summary>
    /// The level at which an assignment counts as skewed; a fault in the experiment costs more than a look.
    /// </summary>
    public const double Level = 0.01;

    /// <summary>
    /// ln of the Bayes factor: ln Γ(A) − ln Γ(A + n) + Σ(ln Γ(αᵢ + nᵢ) − ln Γ(αᵢ)) − Σ nᵢ ln θᵢ, where αᵢ = kθᵢ for k
    /// variants and A = Σαᵢ = k.
    /// </summary>
    /// <param name="counts">How many users were seen of each variant.</param>
    /// <param name="shares">The planned shares θ: each more than 0; they are scaled to the sum 1.</param>
    public static double LogBayesFactor(IReadOnlyList<long> counts, IReadOnlyList<double> shares)
    {
        ArgumentNullException.ThrowIfNull(counts);
        ArgumentNullException.ThrowIfNull(shares);
        if (counts.Count != shares.Count || counts.Count < 2)
            throw new ArgumentException("Give two variants or more, each with its share.", nameof(counts));
        var (sum, variants, users) = (shares.Sum(), (double)shares.Count, counts.Sum());
        var factor = Gamma.Log(variants) - Gamma.Log(variants + users);
        for (var i = 0; i < counts.Count; i++)
        {
            var share = shares[i] / sum;
            if (!(share > 0))
                throw new ArgumentException("Each share is more than 0.", nameof(shares));
            var prior = variants * share;
            factor += Gamma.Log(prior + counts[i]) - Gamma.Log(prior) - counts[i] * Math.Log(share);
        }
        return factor;
    }

    /// <summary>Whether the counts are too far from the planned shares.</summary>
    public static bool IsSkewed(IReadOnlyList<long> counts, IReadOnlyList<double> shares) =>
        LogBayesFactor(counts, shares) >= -Math.Log(Level);
}
