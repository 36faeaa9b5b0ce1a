using Recommendation.Modeling.Trainers.GraphFilter;

namespace Recommendation.Modeling.Trainers.SampledSoftmax;

/// <summary>The vectors of one member of an ensemble during the learning.</summary>
/// <param name="Sources">p, of any length.</param>
/// <param name="Targets">t, which count as if they were of length 1.</param>
internal sealed record FactorPair(FactorVectors Sources, FactorVectors Targets)
{
    private const float Noise = 0.05f;

    /// <param name="start">V: the vectors begin at the eigenvectors' rows.</param>
    /// <param name="planes">How long they are, in 64 numbers.</param>
    /// <param name="random">For some noise.</param>
    public static FactorPair From(LowRank start, int planes, Random random) =>
        new(FactorVectors.From(start, planes, Noise, random), FactorVectors.From(start, planes, Noise, random));
}
