using Recommendation.Modeling.Trainers;
using Recommendation.Modeling.Trainers.GraphFilter;

namespace Recommendation.Modeling.Selection;

/// <summary>The values to try. The search tries every combination.</summary>
internal sealed record GraphFilterGrid(double[] Beta, double[] Flatness, double[] LowRankShare)
{
    /// <summary>
    /// Every user counts the same: the only value without times. Items that are held out one by one leave related items
    /// in the history, so the search would prefer parameters that find related items. On a public split such a search
    /// scored 6 % higher on held-out training data, but lower on the test file.
    /// </summary>
    public static readonly double[] EqualUsers = [1];

    /// <summary>
    /// How much users with long histories may count: from the same as any other user (1) to nearly in proportion to
    /// their number of items (0).
    /// </summary>
    public static readonly double[] UserExponents = [1, 0.75, 0.5, 0.25];

    /// <summary>Enough to compare the user exponents, which matter most.</summary>
    public static readonly GraphFilterGrid Coarse = new([0, 0.2, 0.4], [1, 2, 3], [0]);

    /// <summary>Where the best values of public data sets lie: β from 0 to .5 and g from 0 to .5.</summary>
    public static readonly GraphFilterGrid Default = new(
        [0, 0.1, 0.2, 0.3, 0.35, 0.4, 0.45, 0.5],
        [1, 1.5, 2, 3],
        [0, 0.1, 0.2, 0.3, 0.5, 1]
    );

    /// <summary>The same values, or only those that rows by range can have.</summary>
    public GraphFilterGrid For(ModelTrainerOptions options) =>
        options.AnyFlatness ? this : this with { Flatness = [1] };

    /// <summary>Every filter and share with the values of β next to one.</summary>
    public GraphFilterGrid Around(double beta) => this with { Beta = Next(Beta, beta) };

    /// <summary>The combinations whose values are all next to those of one.</summary>
    public GraphFilterGrid Near(GraphFilterParameters one) =>
        new(Next(Beta, one.Beta), Next(Flatness, one.Flatness), Next(LowRankShare, one.LowRankShare));

    /// <summary>The combinations with a β, by filter and then share.</summary>
    public IEnumerable<GraphFilterParameters> Combinations(double userExponent, double beta) =>
        from flatness in Flatness
        from share in LowRankShare
        select new GraphFilterParameters(userExponent, beta, flatness, share);

    /// <summary>One combination.</summary>
    public static GraphFilterGrid Only(GraphFilterParameters chosen) =>
        new([chosen.Beta], [chosen.Flatness], [chosen.LowRankShare]);

    private static double[] Next(double[] values, double to)
    {
        var place = values.Index().MinBy(one => Math.Abs(one.Item - to)).Index;
        return values[Math.Max(0, place - 1)..Math.Min(values.Length, place + 2)];
    }
}
