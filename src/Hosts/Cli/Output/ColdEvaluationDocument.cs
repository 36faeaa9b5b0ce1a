using Recommendation.Modeling.Evaluation;

namespace Recommendation.Cli.Output;

/// <summary>How items without interactions are found by their content.</summary>
/// <param name="Placed">How many of the hidden items the model placed.</param>
/// <param name="Content">Lists of hidden items only.</param>
/// <param name="AmongAll">Lists of all items, in which hidden ones are to be found.</param>
/// <param name="Warm">Lists of all items, in which the others are to be found.</param>
/// <param name="WarmWithout">The same of a model without content.</param>
/// <param name="WarmGain">How much higher the NDCG with content is, with 95 % confidence: low, high.</param>
/// <param name="Kinds">How much each kind of attribute says; they add up to 1.</param>
internal sealed record ColdEvaluationDocument(
    int K,
    int HiddenItems,
    int Placed,
    ColdFiguresDocument Content,
    ColdFiguresDocument Random,
    ColdFiguresDocument NewestFirst,
    ColdFiguresDocument AmongAll,
    ColdFiguresDocument Warm,
    ColdFiguresDocument WarmWithout,
    IReadOnlyList<double> WarmGain,
    IReadOnlyDictionary<string, double> Kinds,
    IReadOnlyDictionary<string, double> Parameters,
    double TrainSeconds)
{
    internal static ColdEvaluationDocument Of(ColdReport report) => new(
        report.Cutoff,
        report.HiddenItems,
        report.PlacedItems,
        ColdFiguresDocument.Of(report.Content),
        ColdFiguresDocument.Of(report.Random),
        ColdFiguresDocument.Of(report.NewestFirst),
        ColdFiguresDocument.Of(report.AmongAll),
        ColdFiguresDocument.Of(report.Warm),
        ColdFiguresDocument.Of(report.WarmWithout),
        [report.WarmGain.Low, report.WarmGain.High],
        report.Kinds,
        report.Parameters,
        Math.Round(report.TrainSeconds, 2));
}

internal sealed record ColdFiguresDocument(int Users, double Recall, double Ndcg, double HitRate)
{
    internal static ColdFiguresDocument Of(QualityFigures figures) =>
        new(figures.Users, figures.Recall, figures.Ndcg, figures.HitRate);
}
