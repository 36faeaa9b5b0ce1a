using Recommendation.Application.Ports;
using Recommendation.Domain.Interactions;
using Recommendation.Modeling.Evaluation;

namespace Recommendation.Modeling.Tests.Evaluation;

public sealed class SequenceEvaluationTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory();

    [Fact]
    public async Task Of_sequences_the_last_item_is_found_by_order()
    {
        // In each of 8 circles of 12 items everybody goes on to the next one, from another start.
        var path = Path.Combine(_folder.FullName, "sequences.txt");
        await File.WriteAllLinesAsync(
            path,
            Enumerable
                .Range(0, 400)
                .Select(user =>
                {
                    var items = Enumerable.Range(0, 6).Select(step => $"c{user / 50}-{(user + step) % 12}");
                    return $"u{user} {string.Join(' ', items)}";
                })
        );
        var options = new EvaluationOptions
        {
            Cutoff = 20,
            OtherCutoffs = [1, 5, 20],
            Training = { NeighboursPerItem = 50 },
        };

        var report = await new ModelEvaluation(EventTypeSettings.Default, options, TimeProvider.System, progress: null)
            .OfSequencesAsync(path, leaveOut: 1, CancellationToken.None);

        Assert.Equal((400, 400 * 5L), (report.Overall.Users, report.Data.Interactions));
        Assert.True(
            report.ByCutoff[1].HitRate > 0.9,
            $"The next item is at the top for {report.ByCutoff[1].HitRate:0.00} of the users."
        );
        Assert.Equal([1, 5, 20], report.ByCutoff.Keys.Order());
        Assert.Equal(report.Overall, report.ByCutoff[20]);
        Assert.True(report.ByCutoff[1].Ndcg <= report.ByCutoff[5].Ndcg);
    }

    [Fact]
    public void Of_a_sequence_the_last_items_are_hidden_and_the_others_are_a_day_apart()
    {
        var split = SequenceSplit.Of([("u", ["a", "b", "a", "c", "d"]), ("short", ["a", "b"])], leaveOut: 2);

        var user = Assert.Single(split.Users);
        Assert.Equal(["c", "d"], user.Relevant);
        Assert.Equal(["a", "b"], user.History.Select(one => one.ItemId.Value));
        Assert.Equal(TimeSpan.FromDays(1), user.History[0].At - user.History[1].At);
        Assert.Equal(5, split.Train.Count);
        Assert.Equal(split.Train.Max(one => one.OccurredAt), user.History[0].At);
        var nothing = Assert.Throws<RefusedException>(() => SequenceSplit.Of([("u", ["a"])], 1));
        Assert.Contains("no user has more than 1 item.", nothing.Message, StringComparison.Ordinal);
        Assert.Contains(
            "'u' has more than one line",
            Assert.Throws<RefusedException>(() => SequenceSplit.Of([("u", ["a", "b"]), ("u", ["c", "d"])], 1)).Message,
            StringComparison.Ordinal
        );
        Assert.Throws<RefusedException>(() => SequenceSplit.Of([("u", ["a", "b"])], 0));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(21)]
    public async Task A_length_that_can_not_be_measured_is_refused(int cutoff)
    {
        var options = new EvaluationOptions { Cutoff = 20, OtherCutoffs = [5, cutoff] };

        var refused = await Assert.ThrowsAsync<RefusedException>(() =>
            new ModelEvaluation(
                EventTypeSettings.Default,
                options,
                TimeProvider.System,
                progress: null
            ).OfSequencesAsync("none", 1, CancellationToken.None)
        );

        Assert.Contains("must be 1 … 20", refused.Message, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
