namespace Recommendation.Modeling.Trainers.Content;

/// <summary>How content counts.</summary>
/// <param name="Sharpness">p: how much more close resemblances count than faint ones.</param>
/// <param name="Self">τ: what a history item that resembles the new item adds by itself, beside what it says of the
/// other items that resemble it; in units of the mean row maximum.</param>
/// <param name="Scale">η: what the scores of new items are multiplied with.</param>
/// <param name="WarmShare">σ: the share of content in the rows of items with interactions.</param>
internal sealed record ContentParameters(double Sharpness, double Self, double Scale, double WarmShare)
{
    /// <summary>Without a search.</summary>
    public static readonly ContentParameters Default = new(2, 1, 0.3, 0);

    public static readonly double[] AllSharpnesses = [1, 2, 4];

    public static readonly double[] AllSelves = [0, 0.3, 1, 3, 10];

    public static readonly double[] AllScales = [0.02, 0.05, 0.1, 0.2, 0.3, 0.5, 0.7, 1];

    public static readonly double[] AllWarmShares = [0, 0.03, 0.1, 0.2, 0.3];
}
