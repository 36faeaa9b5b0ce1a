using Recommendation.Application.Ports;
using Recommendation.Domain.Interactions;
using Recommendation.Modeling.Evaluation;
using Recommendation.Modeling.Serving;

namespace Recommendation.Modeling.Tests.Evaluation;

public sealed class ModelEvaluationTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory();

    [Fact]
    public async Task Users_of_two_tastes_are_told_apart_from_split_files()
    {
        // 200 users, each with 10 of the 15 items of the own taste to train on and the other 5 to be found
        var random = new Random(4);
        var lines = Enumerable
            .Range(0, 200)
            .Select(user =>
            {
                var items = Enumerable.Range(0, 15).Select(item => $"{(user % 2 == 0 ? 'a' : 'b')}{item}").ToArray();
                random.Shuffle(items);
                return (
                    Train: $"{user} {string.Join(' ', items[..10])}",
                    Test: $"{user} {string.Join(' ', items[10..])}"
                );
            })
            .ToArray();
        var report = await Evaluate(
            [.. lines.Select(line => line.Train)],
            [.. lines.Select(line => line.Test), "unknown", ""]
        );

        Assert.Equal(200, report.Overall.Users);
        Assert.Equal(1, report.Overall.Recall);
        Assert.Equal(1, report.Overall.Ndcg);
        Assert.Equal(1, report.Overall.HitRate);
        Assert.Equal(1, report.Overall.ReciprocalRank);
        Assert.Equal(new Interval(1, 1), report.Overall.NdcgInterval);
        Assert.Equal(1, report.Coverage);
        Assert.Equal((200, 30, 2000L), report.Data);
        Assert.Equal("heavy", Assert.Single(report.Segments).Key);
        Assert.Contains("validation.ndcg@20", report.ValidationMetrics);
    }

    [Fact]
    public async Task An_item_that_is_not_in_the_training_file_counts_as_not_found()
    {
        var report = await Evaluate(["u a b", "v a b c", "w b c"], ["u c nowhere", "x b"]);

        Assert.Equal(2, report.Overall.Users);
        Assert.Equal((0.5 + 1) / 2, report.Overall.Recall);
        Assert.Equal(0.5, report.Segments["light"].Recall);
        Assert.Equal(1, report.Segments["new"].Recall);
    }

    [Fact]
    public async Task A_log_is_cut_at_a_time()
    {
        var interactions = Some.TwoTastes(users: 60, items: 40, perUser: 30);
        interactions.Add(Some.Interaction("newcomer", "a1", "view", Some.Noon));

        var report = await Evaluation(new EvaluationOptions { Cutoff = 10, Training = { Search = false } })
            .OfLogAsync(Some.Stream(interactions), CancellationToken.None);

        Assert.InRange(report.Data.Interactions, interactions.Count * 0.78, interactions.Count * 0.82);
        Assert.True(report.Segments["heavy"].Recall > 0.15);
        Assert.Equal(1, report.Segments["new"].Users);
        Assert.True(
            report.Overall.NdcgInterval.Low < report.Overall.Ndcg
                && report.Overall.Ndcg < report.Overall.NdcgInterval.High
        );
    }

    [Fact]
    public void Of_a_log_only_new_and_liked_items_after_the_cut_are_to_be_found()
    {
        var early = Some.Noon.AddDays(-10);
        var split = TemporalSplit.Of(
            [
                .. Enumerable.Range(0, 16).Select(i => Some.Interaction($"u{i % 4}", $"i{i}", "view", early)),
                Some.Interaction("u0", "i0"),
                Some.Interaction("u0", "new"),
                Some.Interaction("u0", "new", "purchase"),
                Some.Interaction("u1", "bad", "dislike"),
            ],
            new EvaluationOptions(), EventTypeSettings.Default);

        var user = Assert.Single(split.Users);
        Assert.Equal("new", Assert.Single(user.Relevant));
        Assert.Equal(4, user.History.Count);
        Assert.Equal(16, split.Train.Count);
    }

    [Fact]
    public async Task What_is_evaluated_are_the_lists_that_the_ranker_serves()
    {
        // One user has more than 500 items, so the history holds a part of them; the others must stay masked. A few
        // have little history, so that their lists are filled up.
        var interactions = Some.TwoTastes(users: 80, items: 700, perUser: 60);
        interactions.AddRange(Enumerable.Range(0, 620).Select(item =>
            Some.Interaction("heavy", $"a{item}", item % 3 == 0 ? "purchase" : "view", Some.Noon.AddMinutes(-item))));
        interactions.Add(Some.Interaction("light", "rare"));
        interactions.Add(Some.Interaction("u0", "rare"));
        var artefact = await Some.Artefact(interactions);
        var model = await LoadedModel.FromArtefactAsync(
            new MemoryStream(artefact),
            EventTypeSettings.Default,
            CancellationToken.None
        );
        var users = interactions
            .GroupBy(one => one.UserId.Value)
            .Select(user => (Id: user.Key, Tested: TestUser.From([.. user], ["a3", "b7", "a650", "nowhere"])))
            .ToList();

        var run = new TestRun(
            model.Rankable,
            EventTypeSettings.Default,
            new EvaluationOptions(),
            model.Rankable.Model.Popularity,
            TimeProvider.System
        ).Over([.. users.Select(user => user.Tested)], CancellationToken.None);

        var served = await model.RankAsync(
            new RankUsers(
                [
                    .. users.Select(user => new RankUser(
                        UserId.Parse(user.Id),
                        user.Tested.History,
                        20,
                        user.Tested.ActedOn
                    )),
                ],
                null,
                Some.Noon
            ),
            CancellationToken.None
        );
        for (var user = 0; user < users.Count; user++)
        {
            var items = served.Rankings[user].Items.Select(item => item.ItemId.Value).ToArray();
            Assert.Empty(items.Intersect(users[user].Tested.ActedOn.Select(item => item.Value)));
            if (items.Length < 20)
                continue; // filled up; see below
            var hits = items.Intersect(users[user].Tested.Relevant).Count();
            Assert.Equal(hits / 4d, run.Results[user].Metrics.Recall);
        }
        Assert.Equal(500, users.Single(user => user.Id == "heavy").Tested.History.Count);
        var light = served.Rankings[users.FindIndex(user => user.Id == "light")];
        Assert.Equal(RankingKind.Ranked, light.Kind);
    }

    [Fact]
    public async Task A_list_that_the_model_can_not_fill_is_filled_up_with_popular_items()
    {
        // "p" is the most popular item, and goes with nothing that "light" had.
        var interactions = Enumerable
            .Range(0, 30)
            .SelectMany(user => new[] { Some.Interaction($"u{user}", "p"), Some.Interaction($"u{user}", "q") })
            .Concat([Some.Interaction("v", "a"), Some.Interaction("v", "b")])
            .ToList();
        var model = await LoadedModel.FromArtefactAsync(
            new MemoryStream(await Some.Artefact(interactions)),
            EventTypeSettings.Default,
            CancellationToken.None
        );
        var light = TestUser.From([Some.Interaction("light", "a")], ["p"]);

        var run = new TestRun(
            model.Rankable,
            EventTypeSettings.Default,
            new EvaluationOptions { Cutoff = 2 },
            model.Rankable.Model.Popularity,
            TimeProvider.System
        ).Over([light], CancellationToken.None);

        Assert.Equal((1, 0.5), (run.Results[0].Metrics.Recall, run.Results[0].Metrics.ReciprocalRank));
    }

    [Fact]
    public async Task A_model_that_exists_is_evaluated_without_training_and_scores_the_same()
    {
        var interactions = Some.TwoTastes(users: 60, items: 40, perUser: 30);
        var options = new EvaluationOptions { Cutoff = 10, Training = { Search = false } };
        var trained = await Evaluation(options).OfLogAsync(Some.Stream(interactions), CancellationToken.None);
        var cut = TemporalSplit.Of(interactions, options, EventTypeSettings.Default).Cut;
        var artefact = await Some.Artefact(
            interactions.Where(one => one.OccurredAt <= cut),
            training => training.NeighboursPerItem = options.Training.NeighboursPerItem
        );

        var given = await Given(artefact).OfLogAsync(Some.Stream(interactions), CancellationToken.None);
        var knowing = await Given(await Some.Artefact(interactions))
            .OfLogAsync(Some.Stream(interactions), CancellationToken.None);

        Assert.Equal(trained.Overall, given.Overall);
        Assert.Equal((null, false, true), (given.TrainSeconds, given.KnewTheTest, knowing.KnewTheTest));
        await Assert.ThrowsAsync<StoredFormatException>(() =>
            Given([1, 2, 3]).OfLogAsync(Some.Stream(interactions), CancellationToken.None)
        );

        ModelEvaluation Given(byte[] model) =>
            new(EventTypeSettings.Default, options, TimeProvider.System, progress: null)
            {
                Artefact = new MemoryStream(model),
            };
    }

    [Fact]
    public async Task A_user_on_several_lines_is_one_user_and_a_repeated_item_counts_once()
    {
        var users = Enumerable.Range(0, 40).ToList();
        string[] train =
        [
            .. users.Select(user =>
                $"u{user} {string.Join(' ', Enumerable.Range(0, 8).Select(item => $"i{(user % 2 * 10) + item}"))}"
            ),
        ];
        string[] test = [.. users.Select(user => $"u{user} i{(user % 2 * 10) + 8} i{user % 2 * 10 + 9}")];
        // The same sets: the items one a line, some of them twice.
        string[] split = [.. train.Concat(train[..5]).SelectMany(OneItemALine)];
        string[] splitTest = [.. test.SelectMany(OneItemALine), .. test];
        train = [.. train, "v i8 i9 i18 i19"];
        split = [.. split, "v i8 i9", "", "v\ti18 i19 i9"];

        var whole = await Evaluate(train, test);
        var lines = await Evaluate(split, splitTest);

        Assert.Equal(40, lines.Overall.Users);
        Assert.Equal(whole.Data, lines.Data);
        Assert.Equal(
            (whole.Overall.Recall, whole.Overall.Ndcg, whole.Overall.Users),
            (lines.Overall.Recall, lines.Overall.Ndcg, lines.Overall.Users)
        );
    }

    [Theory]
    [InlineData("i\u0001", "line 3: itemId has the control character U+0001.")]
    [InlineData("\u0001", "line 3: itemId has the control character U+0001.")]
    public async Task An_id_in_a_split_file_that_is_none_is_named_with_its_line(string item, string message)
    {
        foreach (
            var (train, test) in ((string[], string[])[])
                [(["u a b", "", $"v {item}"], ["u c"]), (["u a b", "v a c", "w b c"], ["u c", "v b", $"w {item}"])]
        )
        {
            var refused = await Assert.ThrowsAsync<RefusedException>(() => Evaluate(train, test));
            Assert.Contains(message, refused.Message, StringComparison.Ordinal);
        }
        var user = await Assert.ThrowsAsync<RefusedException>(() =>
            Evaluate(["u a b", $"{new string('u', 300)} a"], ["u c"])
        );
        Assert.Contains(
            "train.txt', line 2: userId has 300 bytes; at most 256 are allowed.",
            user.Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_split_file_that_is_not_UTF8_is_refused_with_the_line_before()
    {
        var path = Path.Combine(_folder.FullName, "latin1.txt");
        await File.WriteAllBytesAsync(path, [.. "u a\nu "u8, 0xe9, .. "\n"u8]);

        var refused = await Assert.ThrowsAsync<RefusedException>(() =>
            Evaluation(new()).OfSplitFilesAsync(path, path, CancellationToken.None)
        );

        Assert.Contains("is not UTF-8 after line", refused.Message, StringComparison.Ordinal);
    }

    private static IEnumerable<string> OneItemALine(string line) =>
        line.Split(' ').Skip(1).Select(item => $"{line.Split(' ')[0]} {item}");

    [Fact]
    public async Task What_can_not_be_evaluated_is_refused_with_a_sentence()
    {
        await Assert.ThrowsAsync<RefusedException>(() => Evaluate([], ["u a"]));
        var missing = await Assert.ThrowsAsync<RefusedException>(() => Evaluation(new()).OfSplitFilesAsync(
            Path.Combine(_folder.FullName, "none"), "none", CancellationToken.None));
        Assert.StartsWith("There is no file", missing.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<RefusedException>(() =>
            Evaluate(["u a b"], ["u c"], new EvaluationOptions { Cutoff = 0 })
        );
        await Assert.ThrowsAsync<RefusedException>(() =>
            Evaluation(new()).OfLogAsync(Some.Stream<Interaction>([]), CancellationToken.None)
        );
        var timeless = await Assert.ThrowsAsync<RefusedException>(() =>
            Evaluation(new())
                .OfLogAsync(
                    Some.Stream(Some.TwoTastes().Select(one => one with { OccurredAt = Some.Noon })),
                    CancellationToken.None
                )
        );
        Assert.Contains("at the same time", timeless.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Baselines_are_tested_on_the_same_users_and_the_model_beats_popularity_where_there_are_tastes()
    {
        var report = await Evaluation(new EvaluationOptions { Cutoff = 5, Baselines = true })
            .OfLogAsync(Some.Stream(Some.TwoTastes(users: 120, items: 60, perUser: 30)), CancellationToken.None);

        Assert.Subset(
            report.Baselines.Keys.ToHashSet(),
            new HashSet<string> { "popularity", "recentPopularity", "itemKnn", "ease" }
        );
        Assert.All(report.Baselines.Values, baseline => Assert.Equal(report.Overall.Users, baseline.Overall.Users));
        Assert.True(report.Baselines["popularity"].NdcgGain.Low > 0);
        Assert.True(report.Baselines["itemKnn"].Overall.Ndcg > report.Baselines["popularity"].Overall.Ndcg);
        Assert.True(report.Baselines["ease"].Overall.Ndcg > report.Baselines["popularity"].Overall.Ndcg);
        Assert.InRange(report.Baselines["popularity"].Novelty, 0, report.Novelty);
    }

    [Theory]
    [InlineData(1, 0, 0, 0, false)]
    [InlineData(0.9, 0, 0, 0, true)]
    [InlineData(1, 30, 0, 0, true)]
    [InlineData(1, 0, 0.3, 0, true)]
    [InlineData(1, 0, 0, 1.5, true)]
    public void Order_is_used_by_who_has_recency_transitions_or_a_trend(
        double decay,
        double halfLife,
        double transitions,
        double trend,
        bool expected
    )
    {
        var parameters = new Dictionary<string, double>(StringComparer.Ordinal)
        {
            ["positionDecay"] = decay,
            ["halfLifeDays"] = halfLife,
            ["transitionShare"] = transitions,
            ["trendExponent"] = trend,
        };

        Assert.Equal(expected, ModelEvaluation.UsesOrder(parameters));
    }

    [Fact]
    public async Task Where_repeats_count_known_items_are_ranked_and_found()
    {
        // everybody comes back to the own three items, in turn
        var interactions = Enumerable
            .Range(0, 60)
            .SelectMany(user =>
                Enumerable
                    .Range(0, 20)
                    .Select(step =>
                        Some.Interaction(
                            $"u{user}",
                            $"i{(user * 7 % 50) + (step % 3)}",
                            "view",
                            Some.Noon.AddMinutes(step)
                        )
                    )
            )
            .ToList();

        var report = await Evaluation(new EvaluationOptions { Cutoff = 3, Training = { AllowRepeats = true } })
            .OfLogAsync(Some.Stream(interactions), CancellationToken.None);

        Assert.True(report.Parameters["repeatBonus"] > 0);
        Assert.True(report.Overall.Recall > 0.95);
        await Assert.ThrowsAsync<RefusedException>(() =>
            Evaluation(new()).OfLogAsync(Some.Stream(interactions), CancellationToken.None)
        );
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private async Task<EvaluationReport> Evaluate(string[] train, string[] test, EvaluationOptions? options = null)
    {
        var (trainPath, testPath) = (
            Path.Combine(_folder.FullName, "train.txt"),
            Path.Combine(_folder.FullName, "test.txt")
        );
        await File.WriteAllLinesAsync(trainPath, train);
        await File.WriteAllLinesAsync(testPath, test);
        return await Evaluation(options ?? new EvaluationOptions())
            .OfSplitFilesAsync(trainPath, testPath, CancellationToken.None);
    }

    private static ModelEvaluation Evaluation(EvaluationOptions options) =>
        new(EventTypeSettings.Default, options, TimeProvider.System, progress: null);
}
