using Recommendation.Modeling.Data;
using Recommendation.Modeling.Trainers;
using Recommendation.Modeling.Trainers.Transitions;

namespace Recommendation.Modeling.Selection;

/// <summary>How order, time and repeats count.</summary>
/// <param name="Recency">δ and H: how less older items of a history weigh.</param>
/// <param name="Share">μ: the share of the transitions in the weights.</param>
/// <param name="Exponents">a and c of the transitions.</param>
/// <param name="Trend">How much items that are popular at present are preferred.</param>
/// <param name="Repeats">ρ, in units of the mean row maximum; negative if users do not come back, 0
/// if repeats are not wanted.</param>
internal sealed record SequenceParameters(
    Recency Recency,
    double Share,
    TransitionExponents Exponents,
    Trend Trend,
    double Repeats
)
{
    /// <summary>How much recent popularity adds to every score.</summary>
    public PopularShare Popular { get; init; } = PopularShare.None;

    /// <summary>Order and time do not count, and nothing is repeated.</summary>
    public static readonly SequenceParameters None = new(Recency.None, 0, default, Trend.None, 0);

    /// <summary>The normalisations to try: as probabilities, as a cosine, and between.</summary>
    public static readonly TransitionExponents[] AllExponents =
    [
        new(1, 0),
        new(0.75, 0.25),
        new(0.5, 0.25),
        new(0.5, 0.5),
    ];

    public static readonly double[] AllShares = [0, 0.15, 0.3, 0.5, 0.7, 0.9, 1];

    public static readonly double[] AllRepeats = [-8, 0, 0.1, 0.25, 0.5, 1, 2, 4, 8];

    private static readonly double[] s_halfLives = [90, 30, 14, 7, 3, 1];

    public static readonly Trend[] AllTrends =
    [
        .. from exponent in new[] { 0.25, 0.5, 1, 1.5, 2, 3 }
           from halfLife in s_halfLives
           select new Trend(exponent, halfLife),
    ];

    public static readonly PopularShare[] AllPopularShares =
    [
        .. from share in new[] { 0.03, 0.1, 0.3, 1, 3 }
           from halfLife in s_halfLives
           select new PopularShare(share, halfLife),
    ];

    /// <summary>The recencies to try with each normalisation.</summary>
    public static readonly Recency[] FewRecencies =
    [
        .. new[] { 1, 0.9, 0.7, 0.4 }.Select(decay => new Recency(decay, double.PositiveInfinity)),
    ];

    /// <summary>The recencies to try at the end.</summary>
    public static readonly Recency[] AllRecencies =
    [
        .. from decay in new[] { 1, 0.98, 0.95, 0.9, 0.8, 0.7, 0.6, 0.5, 0.4, 0.2 }
           from halfLife in new[] { double.PositiveInfinity, 90, 30, 7 }
           select new Recency(decay, halfLife),
    ];
}
