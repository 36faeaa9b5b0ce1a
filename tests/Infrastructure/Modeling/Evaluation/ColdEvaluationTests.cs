using Recommendation.Application.Ports;
using Recommendation.Domain.Interactions;
using Recommendation.Modeling.Evaluation;
using Recommendation.Modeling.Tests.Shapes;
using Recommendation.Modeling.Trainers;

namespace Recommendation.Modeling.Tests.Evaluation;

/// <summary>Items without interactions are found by their content.</summary>
public class ColdEvaluationTests
{
    private static readonly EvaluationOptions s_options = new()
    {
        Cutoff = 10,
        Resamples = 0,
        Training = new ModelTrainerOptions { Threads = 2 },
    };

    [Fact]
    public Task Hidden_items_are_found_by_their_words_and_categories() => FindsAsync(ContentShape.Titles(items: 480));

    [Fact]
    public Task Hidden_items_are_found_by_their_vectors_and_numbers() => FindsAsync(ContentShape.Vectors(items: 480));

    [Fact]
    public async Task Content_of_other_items_is_not_used()
    {
        var report = await EvaluateAsync(ContentShape.Titles().Shuffled(), s_options);

        Assert.Empty(report.Kinds);
        Assert.Equal(0, report.PlacedItems);
        Assert.Equal(0, report.Content.Recall);
        Assert.Equal(report.WarmWithout.Ndcg, report.Warm.Ndcg);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0.6)]
    [InlineData(double.NaN)]
    public async Task A_share_out_of_range_is_refused(double share)
    {
        var shape = ContentShape.Titles();
        var problem = await Assert.ThrowsAsync<RefusedException>(() => EvaluateAsync(shape, s_options, share));

        Assert.Contains("above 0 and at most 0.5", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_log_without_a_catalogue_is_refused_with_what_to_do()
    {
        var shape = ContentShape.Titles() with { Items = [] };
        var problem = await Assert.ThrowsAsync<RefusedException>(() => EvaluateAsync(shape, s_options));

        Assert.Contains("--items FILE", problem.Message, StringComparison.Ordinal);
    }

    private static async Task FindsAsync(ContentShape shape)
    {
        var report = await EvaluateAsync(shape, s_options);

        Assert.True(report.HiddenItems > 50);
        Assert.Equal(report.HiddenItems, report.PlacedItems);
        Assert.True(report.Content.Recall >= 3 * report.Random.Recall, Figures(report));
        Assert.True(report.Content.Recall >= 1.5 * report.NewestFirst.Recall, Figures(report));
        Assert.True(report.Warm.Ndcg >= 0.995 * report.WarmWithout.Ndcg, Figures(report));
    }

    private static string Figures(ColdReport report) =>
        $"content {report.Content.Recall} random {report.Random.Recall} newest {report.NewestFirst.Recall} "
            + $"all {report.AmongAll.Recall} warm {report.Warm.Ndcg} without {report.WarmWithout.Ndcg} "
            + $"{string.Join(' ', report.Kinds)} {string.Join(' ', report.Parameters)}";

    private static Task<ColdReport> EvaluateAsync(ContentShape shape, EvaluationOptions options, double share = 0.2) =>
        new ColdEvaluation(EventTypeSettings.Default, options, TimeProvider.System, progress: null).RunAsync(
            Some.Stream(shape.Interactions), () => shape.Items, share, CancellationToken.None);
}
