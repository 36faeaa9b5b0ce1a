namespace Recommendation.Modeling.Search;

/// <summary>The values to try; every combination of them is.</summary>
internal sealed record WeightGrid(double[] Beta, double[] Flatness, double[] LowRankShare)
{
    /// <summary>
    /// Every user as much as any other: the only choice where there are no times. What is held out item by item leaves
    /// its companions in the history, so the search would favour what finds those; on a public split the choice read 6
    /// % higher on held-out training data, and lower on the test file.
    /// </summary>
    public static readonly double[] EqualUsers = [1];

    /// <summary>
    /// How much users with long histories may count: from as much as any other (1) to nearly by their number of items
    /// (0 would be).
    /// </summary>
    public static readonly double[] UserExponents = [1, 0.75, 0.5, 0.25];

    /// <summary>Enough to tell the user exponents apart, which matter most.</summary>
    public static readonly WeightGrid Coarse = new([0, 0.2, 0.4], [1, 2, 3], [0]);

    /// <summary>Where the best values of public data sets lie: β from 0 to .5 and g from 0 to .5.</summary>
    public static readonly WeightGrid Default = new(
        [0, 0.1, 0.2, 0.3, 0.35, 0.4, 0.45, 0.5],
        [1, 1.5, 2, 3],
        [0, 0.1, 0.2, 0.3, 0.5, 1]
    );

    /// <summary>Every filter and share with the values of β next to one.</summary>
    public WeightGrid Around(double beta) => this with { Beta = Next(Beta, beta) };

    /// <summary>The combinations whose values are all next to those of one.</summary>
    public WeightGrid Near(WeightParameters one) =>
        new(Next(Beta, one.Beta), Next(Flatness, one.Flatness), Next(LowRankShare, one.LowRankShare));

    /// <summary>The combinations with a β, by filter and then share.</summary>
    public IEnumerable<WeightParameters> Combinations(double userExponent, double beta) =>
        from flatness in Flatness
        from share in LowRankShare
        select new WeightParameters(userExponent, beta, flatness, share);

    /// <summary>One combination.</summary>
    public static WeightGrid Only(WeightParameters chosen) =>
        new([chosen.Beta], [chosen.Flatness], [chosen.LowRankShare]);

    private static double[] Next(double[] values, double to)
    {
        var place = values.Index().MinBy(one => Math.Abs(one.Item - to)).Index;
        return values[Math.Max(0, place - 1)..Math.Min(values.Length, place + 2)];
    }
}
