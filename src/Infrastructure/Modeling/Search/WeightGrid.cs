namespace Recommendation.Modeling.Search;

/// <summary>The values to try; every combination of them is.</summary>
internal sealed record WeightGrid(double[] SourceExponent, double[] Beta, double[] Flatness, double[] LowRankShare)
{
    /// <summary>
    /// Every user as much as any other: the only choice where there are no times. What is held out item by item leaves its companions
    /// in the history, so the search would favour what finds those; on a public split the choice read 6 % higher on held-out training
    /// data, and lower on the test file.
    /// </summary>
    public static readonly double[] EqualUsers = [1];

    /// <summary>How much users with long histories may count: from as much as any other (1) to nearly by their number of items (0 would be).</summary>
    public static readonly double[] UserExponents = [1, 0.75, 0.5, 0.25];

    /// <summary>Enough to tell the user exponents apart, which matter most.</summary>
    public static readonly WeightGrid Coarse = new([0, 0.2, 0.4], [0, 0.2, 0.4], [1, 2, 3], [0]);

    /// <summary>Where the best values of public data sets lie: α and β from 0 to .5, g from 0 to .5.</summary>
    public static readonly WeightGrid Default = new(
        [0, 0.1, 0.2, 0.3, 0.4, 0.5], [0, 0.1, 0.2, 0.3, 0.35, 0.4, 0.45, 0.5], [1, 1.5, 2, 3], [0, 0.1, 0.2, 0.3, 0.5, 1]);

    /// <summary>Every filter and share with the values of α and β next to some.</summary>
    public WeightGrid Around(WeightParameters best) => this with
    {
        SourceExponent = Around(SourceExponent, best.SourceExponent),
        Beta = Around(Beta, best.Beta),
    };

    /// <summary>The combinations with an α, by filter, then β, then share.</summary>
    public IEnumerable<WeightParameters> Combinations(double userExponent, double sourceExponent) =>
        from flatness in Flatness
        from beta in Beta
        from share in LowRankShare
        select new WeightParameters(userExponent, sourceExponent, beta, flatness, share);

    private static double[] Around(double[] values, double best)
    {
        var place = values.Index().MinBy(one => Math.Abs(one.Item - best)).Index;
        return values[Math.Max(0, place - 1)..Math.Min(values.Length, place + 2)];
    }
}
