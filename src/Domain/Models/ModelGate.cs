using System.Globalization;

namespace Recommendation.Domain.Models;

/// <summary>
/// Keeps a model that is worse than those before from becoming the current one: its NDCG may be 2 % below the best of
/// the last five versions, or as far as chance explains with so few users; its coverage 10 % below that one's, and its
/// size between half and double of it.
/// </summary>
public static class ModelGate
{
    /// <summary>How many earlier versions are compared with.</summary>
    public const int Versions = 5;

    /// <summary>Fewer users than these say nothing.</summary>
    public const int FewestUsers = 30;

    /// <summary>How many of the tested users a refitted model is compared with its candidate on, at most.</summary>
    public const int RefitUsers = 1_000;

    private const double SharedItems = 0.5;
    private const double NdcgShare = 0.98;
    private const double CoverageShare = 0.9;
    private const double SizeFactor = 2;

    // One-sided 95 % of a normal distribution.
    private const double Certainty = 1.645;

    /// <param name="candidate">What was measured of the new model.</param>
    /// <param name="earlier">What was measured of earlier ones on the same users, in the same order.</param>
    public static GateVerdict Compare(MeasuredModel candidate, IReadOnlyList<MeasuredModel> earlier)
    {
        ArgumentNullException.ThrowIfNull(candidate);
        ArgumentNullException.ThrowIfNull(earlier);
        if (earlier.Count == 0)
            return GateVerdict.Pass(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"There is no earlier version to compare with; NDCG@{ModelQuality.Cutoff} is "
                        + $"{candidate.Quality.Ndcg:0.0000} over {candidate.Quality.Users} users."
                )
            );
        var best = earlier.MaxBy(model => model.Quality.Ndcg)!;
        var problems = Problems(candidate, best).ToList();
        return problems.Count > 0
            ? new GateVerdict(Passed: false, problems)
            : GateVerdict.Pass(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"NDCG@{ModelQuality.Cutoff} is {candidate.Quality.Ndcg:0.0000}, that of {best.Version}, the "
                        + $"best of {earlier.Count}, {best.Quality.Ndcg:0.0000}; coverage "
                        + $"{candidate.Quality.Coverage:0.000} and {best.Quality.Coverage:0.000}, over "
                        + $"{candidate.Quality.Users} users."
                )
            );
    }

    /// <summary>
    /// Whether a refitted model may stand in for the candidate that was measured: its size is between half and double
    /// of the candidate's, and half of the users' top items are the same.
    /// </summary>
    /// <param name="measured">The candidate's verdict.</param>
    /// <param name="candidateBytes">Size of the candidate's artefact.</param>
    /// <param name="refitBytes">Size of the refitted model's artefact.</param>
    /// <param name="shared">The share of top items that both have in common, averaged over users; null where the refit
    /// can't be loaded.</param>
    public static GateVerdict JudgeRefit(GateVerdict measured, long candidateBytes, long refitBytes, double? shared)
    {
        ArgumentNullException.ThrowIfNull(measured);
        var problems = new List<string>();
        if (shared is not { } share)
            problems.Add("The model that was refitted on all interactions can't be loaded.");
        else if (share < SharedItems)
            problems.Add(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"The model that was refitted on all interactions shares {share:0.000} of the users' top "
                        + $"{ModelQuality.Cutoff} items with the measured candidate; {SharedItems:0.0} is required."
                )
            );
        if (refitBytes * SizeFactor < candidateBytes || refitBytes > candidateBytes * SizeFactor)
            problems.Add(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"The model that was refitted on all interactions has {refitBytes} bytes, not between half and "
                        + $"double of the candidate's {candidateBytes} bytes."
                )
            );
        return problems.Count > 0
            ? new GateVerdict(Passed: false, [.. measured.Reasons, .. problems])
            : measured with
            {
                Reasons =
                [
                    .. measured.Reasons,
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"Refitted on all interactions with the same parameters; it shares {shared:0.000} of the "
                            + $"users' top {ModelQuality.Cutoff} items with the measured candidate."
                    ),
                ],
            };
    }

    private static IEnumerable<string> Problems(MeasuredModel candidate, MeasuredModel best)
    {
        var (quality, bestQuality) = (candidate.Quality, best.Quality);
        if (quality.Ndcg < NdcgShare * bestQuality.Ndcg && IsBeyondChance(quality.NdcgByUser, bestQuality.NdcgByUser))
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"NDCG@{ModelQuality.Cutoff} is {quality.Ndcg:0.0000}, more than 2 % below the "
                    + $"{bestQuality.Ndcg:0.0000} of {best.Version}, over {quality.Users} users."
            );
        if (quality.Coverage < CoverageShare * bestQuality.Coverage)
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"Coverage is {quality.Coverage:0.000}, less than 90 % of the {bestQuality.Coverage:0.000} of "
                    + $"{best.Version}."
            );
        if (candidate.Bytes * SizeFactor < best.Bytes || candidate.Bytes > best.Bytes * SizeFactor)
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"The size is {candidate.Bytes} bytes, not between half and double of the {best.Bytes} bytes of "
                    + $"{best.Version}."
            );
    }

    /// <summary>
    /// Whether the mean of the differences, user by user, is below zero by more than its standard error allows.
    /// </summary>
    private static bool IsBeyondChance(IReadOnlyList<double> candidate, IReadOnlyList<double> best)
    {
        var differences = candidate.Zip(best, (one, other) => one - other).ToArray();
        var mean = differences.Average();
        var variance =
            differences.Sum(difference => (difference - mean) * (difference - mean))
            / Math.Max(1, differences.Length - 1);
        return mean + (Certainty * Math.Sqrt(variance / differences.Length)) < 0;
    }
}

/// <summary>A model and what was measured of it.</summary>
/// <param name="Bytes">Size of its artefact.</param>
public sealed record MeasuredModel(ModelVersion Version, long Bytes, ModelQuality Quality);
