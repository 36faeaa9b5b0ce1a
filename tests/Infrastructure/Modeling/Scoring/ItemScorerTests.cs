using Recommendation.Modeling.Artefacts;
using Recommendation.Modeling.Data;
using Recommendation.Modeling.Scoring;

namespace Recommendation.Modeling.Tests.Scoring;

public class ItemScorerTests
{
    [Theory]
    [InlineData(10, 3, 2, 5, true)]
    [InlineData(10, 3, 2, 5, false)]
    [InlineData(300, 40, 20, 10, true)]
    [InlineData(300, 40, 20, 10, false)]
    [InlineData(1000, 200, 50, 100, true)]
    [InlineData(1000, 200, 50, 100, false)]
    [InlineData(70, 69, 70, 70, true)]
    [InlineData(70, 69, 70, 70, false)]
    public void Scores_and_reasons_are_those_of_the_formula(
        int items,
        int perRow,
        int historyLength,
        int count,
        bool filters
    )
    {
        var model = SmallModel.Random(items, perRow, seed: items);
        var random = new Random(count);
        var history = Enumerable.Range(0, items).OrderBy(_ => random.Next()).Take(historyLength)
            .Select(item => new HistoryItem(item, random.Next(1, 6))).ToArray();
        var masked = history.Select(one => one.Item).Take(historyLength / 2).Append(items - 1).ToArray();

        var answer = new ScoredItem[count];
        var found = new ItemScorer(model, filters).Score(history, masked, answer);

        var expected = Naive(model, history, masked).Take(count).ToArray();
        Assert.Equal(expected.Length, found);
        for (var i = 0; i < found; i++)
        {
            Assert.Equal((expected[i].Item, expected[i].Score), (answer[i].Item, (double)answer[i].Score));
            var because = Enumerable.Range(0, answer[i].Because.Count).Select(place => answer[i].Because[place]);
            Assert.Equal(expected[i].Because, because);
        }
    }

    [Fact]
    public void A_scorer_used_again_and_by_many_threads_answers_the_same()
    {
        var model = SmallModel.Random(500, 50, seed: 1);
        var scorer = new ItemScorer(model);
        HistoryItem[] history = [new(3, 1), new(77, 2), new(250, 1)];
        var answers = new (int, float)[200][];

        Parallel.For(0, answers.Length, run =>
        {
            var answer = new ScoredItem[20];
            scorer.Score([new(run, 5), new(run + 100, 1)], [run], answer);
            Array.Resize(ref answer, scorer.Score(history, [3, 77, 250], answer));
            answers[run] = [.. answer.Select(one => (one.Item, one.Score))];
        });

        Assert.Equal(20, answers[0].Length);
        Assert.All(answers, answer => Assert.Equal(answers[0], answer));
    }

    [Fact]
    public void A_disliked_item_lowers_what_resembles_it_and_is_no_reason()
    {
        var model = SmallModel.Of([[0, 0, 0.5, 0.5], [0, 0, 0.25, 0], [0, 0, 0, 0], [0, 0, 0, 0]]);
        var answer = new ScoredItem[4];

        var found = new ItemScorer(model).Score([new(0, 1), new(1, -1)], [0, 1], answer);

        Assert.Equal([(3, 0.5f), (2, 0.25f)], answer[..found].Select(one => (one.Item, one.Score)));
        Assert.Equal(1, answer[1].Because.Count);
        Assert.Equal(0, answer[1].Because[0]);
    }

    [Fact]
    public void Scoring_takes_no_memory_once_it_is_warm()
    {
        var scorer = new ItemScorer(SmallModel.Random(500, 50, seed: 1));
        HistoryItem[] history = [new(3, 1), new(77, 2), new(250, 1)];
        var answer = new ScoredItem[20];
        scorer.Score(history, [], answer);
        var before = GC.GetAllocatedBytesForCurrentThread();

        for (var i = 0; i < 100; i++)
            scorer.Score(history, [], answer);

        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 100 * 100, "At most the pool's own bookkeeping.");
    }

    private static IEnumerable<(int Item, double Score, int[] Because)> Naive(
        ItemModel model,
        HistoryItem[] history,
        int[] masked
    )
    {
        double Weight(int source, int target)
        {
            var at = model.Weights.ColumnsOf(source).IndexOf(target);
            return at < 0 ? 0 : (double)model.Weights.ValuesOf(source)[at] / model.Weights.Scale;
        }

        return Enumerable.Range(0, model.Items.Length).Except(masked)
            .Select(item => (item, history.Sum(one => one.Weight * Weight(one.Item, item)), history
                .Where(one => Weight(one.Item, item) > 0).OrderByDescending(one => one.Weight * Weight(one.Item, item))
                .Select(one => one.Item).Take(3).ToArray()))
            .Where(one => one.Item2 > 0)
            .OrderByDescending(one => one.Item2).ThenBy(one => one.item);
    }
}
