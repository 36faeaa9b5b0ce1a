using Recommendation.Application.Ports;
using Recommendation.Domain.Interactions;
using Recommendation.Modeling.Artefacts;

namespace Recommendation.Modeling.Tests.Training;

public class ModelTrainerTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task The_same_interactions_in_any_order_and_with_any_threads_give_the_same_bytes(int seed)
    {
        var interactions = Some.TwoTastes(users: 200, items: 150, perUser: 20);
        var shuffled = interactions.ToArray();
        new Random(seed).Shuffle(shuffled);

        Assert.Equal(
            await Some.Artefact(interactions, options => options.Threads = 1),
            await Some.Artefact(shuffled, options => options.Threads = seed)
        );
    }

    [Fact]
    public async Task A_search_gives_the_same_bytes_too_and_says_what_it_chose_and_why()
    {
        var interactions = Shapes.Shape.SmallAndDense(users: 120, items: 60);
        await using var dense = await Some.Train(interactions, options => options.Search = true);
        await using var sparse = await Some.Train(
            interactions,
            options => (options.Search, options.DenseLimitItems) = (true, 0)
        );

        Assert.InRange(dense.Description.Metrics["validation.ndcg@20"], 0.05, 1);
        Assert.Equal("dense", dense.Description.Trainer);
        Assert.True(dense.Description.Parameters["ridge"] > 0);
        Assert.Equal("sparse", sparse.Description.Trainer);
        Assert.InRange(sparse.Description.Parameters["flatness"], 1, 5);
        Assert.Equal(
            await Some.Artefact(interactions, options => (options.Search, options.Threads) = (true, 1)),
            await Some.Artefact(
                Enumerable.Reverse(interactions),
                options => (options.Search, options.Threads) = (true, 3)
            )
        );
    }

    [Fact]
    public async Task Other_interactions_give_another_version()
    {
        var interactions = Some.TwoTastes();
        await using var one = await Some.Train(interactions);
        await using var same = await Some.Train(interactions, asOf: Some.Noon.AddDays(1));
        await using var other = await Some.Train(interactions.Skip(1));

        Assert.Equal(one.Description.Version, same.Description.Version);
        Assert.NotEqual(one.Description.Version, other.Description.Version);
    }

    [Fact]
    public async Task Interactions_after_the_as_of_time_are_left_out()
    {
        var interactions = Some.TwoTastes();
        var later = interactions.Append(Some.Interaction("u0", "later", "view", Some.Noon.AddMilliseconds(1)));

        Assert.Equal(await Some.Artefact(interactions), await Some.Artefact(later));
    }

    [Fact]
    public async Task The_description_says_what_was_trained_on()
    {
        var interactions = Some.TwoTastes();
        await using var model = await Some.Train(
            interactions,
            options => options.NeighboursPerItem = 9,
            Some.Noon.AddDays(3)
        );

        Assert.Equal(interactions.Count, model.Description.Interactions);
        Assert.Equal(40, model.Description.Users);
        Assert.Equal(interactions.Select(one => one.ItemId).Distinct().Count(), model.Description.Items);
        Assert.Equal(Some.Noon.AddDays(3), model.Description.CreatedAt);
        Assert.Equal(9, model.Description.Parameters["neighboursPerItem"]);
        Assert.Equal(model.Artefact.Length, model.Description.ArtefactBytes);
        var newest = interactions.Max(one => one.OccurredAt);
        Assert.StartsWith(
            newest.ToString("yyyyMMdd'T'HHmmss'Z-'", null),
            model.Description.Version.Value,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_dislike_does_not_make_an_item_a_neighbour()
    {
        var interactions = new List<Interaction>();
        for (var user = 0; user < 5; user++)
        {
            interactions.Add(Some.Interaction($"u{user}", "liked"));
            interactions.Add(Some.Interaction($"u{user}", "liked-too"));
            interactions.Add(Some.Interaction($"u{user}", "hated", "dislike"));
        }
        using var artefact = new MemoryStream(await Some.Artefact(interactions));
        var model = await ModelArtefactReader.ReadAsync(artefact, CancellationToken.None);

        Assert.True(model.TryFind(ItemId.Parse("hated"), out var hated));
        Assert.Empty(model.Weights.ColumnsOf(hated).ToArray());
        Assert.DoesNotContain(hated, model.Weights.Columns);
        Assert.DoesNotContain(hated, model.ByPopularity);
    }

    [Fact]
    public async Task Data_without_a_pair_are_refused_with_what_there_is()
    {
        var refused = await Assert.ThrowsAsync<RefusedException>(() =>
            Some.Train([Some.Interaction("u", "i"), Some.Interaction("v", "j")])
        );

        Assert.Contains("2 interactions of 2 users with 2 items", refused.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<RefusedException>(() => Some.Train([]));
    }

    [Fact]
    public async Task Progress_goes_up_to_one()
    {
        var seen = new List<double>();
        await using var model = await Some.Trainer(options => options.Threads = 1)
            .TrainAsync(
                Some.Stream(Some.TwoTastes(items: 300)),
                new TrainingOptions(Some.Noon),
                new Recorder(seen),
                CancellationToken.None
            );

        Assert.Equal(seen.Order(), seen);
        Assert.Equal(1, seen[^1]);
        Assert.True(seen.Count > 5);
    }

    [Fact]
    public async Task The_temporary_file_goes_with_the_model_and_an_aborted_training_leaves_none()
    {
        var folder = Directory.CreateTempSubdirectory();
        var interactions = Some.TwoTastes();
        var model = await Some.Train(interactions, options => options.TemporaryFolder = folder.FullName);
        await model.DisposeAsync();
        using var cancelled = new CancellationTokenSource();
        var progress = new Canceller(cancelled, "writing the model");

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            Some.Trainer(options => options.TemporaryFolder = folder.FullName)
                .TrainAsync(Some.Stream(interactions), new TrainingOptions(Some.Noon), progress, cancelled.Token)
        );

        Assert.Empty(folder.GetFiles());
        folder.Delete();
    }

    [Theory]
    [InlineData("reading interactions")]
    [InlineData("searching parameters")]
    [InlineData("computing co-occurrences")]
    public async Task A_cancelled_training_ends_at_whatever_stage(string stage)
    {
        using var cancelled = new CancellationTokenSource();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            Some.Trainer(options => options.Search = true)
                .TrainAsync(
                    Some.Stream(Some.TwoTastes()),
                    new TrainingOptions(Some.Noon),
                    new Canceller(cancelled, stage),
                    cancelled.Token
                )
        );
    }

    private sealed class Recorder(List<double> seen) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => seen.Add(value.Fraction);
    }

    private sealed class Canceller(CancellationTokenSource source, string stage) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value)
        {
            if (string.Equals(value.Stage, stage, StringComparison.Ordinal))
                source.Cancel();
        }
    }
}
