using System.Globalization;
using System.Text.Json;
using Recommendation.Modeling.Serving;

namespace Recommendation.ModelServer.Tests;

/// <summary>The container's training: what it reads, what it leaves, and how it fails.</summary>
public sealed class TrainingTests
{
    [Fact]
    public async Task Channels_of_archive_lines_gzip_and_tables_become_one_model_with_figures()
    {
        using var folder = new ContainerFolder();
        var table = string.Concat(
            Enumerable
                .Range(0, 30)
                .Select(user =>
                    $"u{user},c{user % 3},2026-01-05T00:00:00Z\nu{user},c{(user + 1) % 3},2026-01-05T00:01:00Z\n"
                )
        );
        folder
            .WithHyperparameters()
            .With("input/data/archive/2026/01/01/part.jsonl.gz", ContainerFolder.Events(400))
            .With("input/data/more/table.csv", "userId,itemId,timestamp\n" + table + "broken\n")
            .With("input/data/more/.hidden", "not read")
            .With("input/data/archive-manifest", "not read");

        var (exitCode, output, errors) = await ContainerProcess.TrainAsync(folder);

        Assert.True(exitCode == 0, output + errors);
        Assert.Contains("2461 events read: 0 copies passed over, 1 rejected.", output, StringComparison.Ordinal);
        Assert.Contains("table.csv, line 62", output, StringComparison.Ordinal);
        Assert.Matches("ndcg@10=0[.0-9]+;", output);
        var model = await LoadedModel.FromFolderAsync(folder.Model, types: null, CancellationToken.None);
        Assert.Equal(27, model.Items);
        using var manifest = JsonDocument.Parse(
            await File.ReadAllBytesAsync(Path.Combine(folder.Model, "manifest.json"))
        );
        var refit = manifest.RootElement.GetProperty("refit").GetProperty("candidate").GetString();
        using var candidate = JsonDocument.Parse(
            await File.ReadAllBytesAsync(Path.Combine(folder.Model, "candidate", "manifest.json"))
        );
        Assert.Equal(candidate.RootElement.GetProperty("modelVersion").GetString(), refit);
        Assert.InRange(manifest.RootElement.GetProperty("metrics").GetProperty("ndcg@10").GetDouble(), 0.01, 1);
        Assert.Equal(
            ["candidate", "manifest.json", "model.bin"],
            Directory.GetFileSystemEntries(folder.Model).Select(Path.GetFileName).Order(StringComparer.Ordinal)
        );
        Assert.Null(folder.Failure);
    }

    [Fact]
    public async Task The_channel_items_is_the_catalogue_whose_new_items_are_placed_by_their_content()
    {
        using var folder = new ContainerFolder();
        var events = string.Concat(
            from user in Enumerable.Range(0, 300)
            from step in Enumerable.Range(0, 6)
            select $"u{user},{"ab"[user % 2]}{((user / 2 * 7) + (step * step)) % 30},2026-01-0{step + 1}T00:00:00Z\n"
        );
        var items = string.Concat(
            from taste in "ab"
            from item in Enumerable.Range(0, 30)
            select $"{taste}{item},word{item} of taste{taste}\n"
        );
        folder
            .WithHyperparameters()
            .With("input/data/train/events.csv", "userId,itemId,timestamp\n" + events)
            .With("input/data/items/a.csv", "itemId,title\n" + items + ",nameless\n")
            .With("input/data/train/training/items/b.csv.gz", "itemId,title\nnew,word99 of tastea\n");

        var (exitCode, output, errors) = await ContainerProcess.TrainAsync(folder);

        Assert.True(exitCode == 0, output + errors);
        Assert.Contains("62 items read: 61 different ones, 1 rejected.", output, StringComparison.Ordinal);
        Assert.Contains("1800 events read", output, StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(folder.Model, "content.bin")));
        var model = await LoadedModel.FromFolderAsync(folder.Model, types: null, CancellationToken.None);
        Assert.Equal(61, model.Items);
        var similar = model.Similar(Domain.Interactions.ItemId.Parse("new"), 10);
        Assert.NotEmpty(similar);
        Assert.All(similar, item => Assert.StartsWith("a", item.ItemId.Value, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Settings_are_a_hyperparameter_and_single_hyperparameters_count_over_them()
    {
        const string Settings =
            """{\"model\":{\"neighboursPerItem\":7,\"historyLimit\":9},\"events\":{\"types\":{\"view\":{\"weight\":2}}}}""";
        using var folder = new ContainerFolder();
        folder
            .WithHyperparameters(
                $$"""{"fast":"true","asOf":"2026-03-01T00:00:00Z","settings":"{{Settings}}","neighboursPerItem":"5"}"""
            )
            .With("input/data/a/1.jsonl", ContainerFolder.Events(60));

        var (exitCode, output, errors) = await ContainerProcess.TrainAsync(folder);

        Assert.True(exitCode == 0, output + errors);
        using var manifest = JsonDocument.Parse(
            await File.ReadAllBytesAsync(Path.Combine(folder.Model, "manifest.json"))
        );
        var (parameters, types) = (
            manifest.RootElement.GetProperty("parameters"),
            manifest.RootElement.GetProperty("eventTypes")
        );
        Assert.Equal(
            (5, 9),
            (parameters.GetProperty("neighboursPerItem").GetInt32(), parameters.GetProperty("historyLimit").GetInt32())
        );
        Assert.Equal(2, types.GetProperty("view").GetProperty("weight").GetDouble());
    }

    [Fact]
    public async Task A_share_of_the_users_and_a_window_are_hyperparameters()
    {
        using var folder = new ContainerFolder();
        folder.WithHyperparameters("""{"fast":"true","asOf":"2026-01-07T00:00:00Z","days":"3","userPercent":"50"}""")
            .With("input/data/a/1.jsonl", ContainerFolder.Events(400));

        var (exitCode, output, errors) = await ContainerProcess.TrainAsync(folder);

        Assert.True(exitCode == 0, output + errors);
        Assert.Matches(@"\d+ are of users outside of the sample of 50%", output);
        // "Model … : 24 items, 203 users, 609 interactions."
        var told = output
            .Split('\n')
            .Single(line => line.Contains(" interactions.", StringComparison.Ordinal))
            .Split(' ');
        var (users, interactions) = (NumberBefore("users,"), NumberBefore("interactions."));
        Assert.InRange(users, 150, 250);
        // Of each user the events of the fourth to the sixth of January are left.
        Assert.Equal(3 * users, interactions);

        int NumberBefore(string word) => int.Parse(told[Array.IndexOf(told, word) - 1], CultureInfo.InvariantCulture);
    }

    [Fact]
    public async Task Copies_change_nothing()
    {
        using var once = new ContainerFolder();
        using var twice = new ContainerFolder();
        var events = ContainerFolder.Events(60);
        await ContainerProcess.TrainAsync(once.WithHyperparameters().With("input/data/a/1.jsonl", events));
        var (_, output, _) = await ContainerProcess.TrainAsync(
            twice.WithHyperparameters().With("input/data/a/1.jsonl", events).With("input/data/a/2.jsonl.gz", events));

        Assert.Contains("360 copies passed over", output, StringComparison.Ordinal);
        Assert.Equal(await ReadAsync(once), await ReadAsync(twice));

        static Task<byte[]> ReadAsync(ContainerFolder folder) =>
            File.ReadAllBytesAsync(Path.Combine(folder.Model, "model.bin"));
    }

    [Theory]
    [InlineData("""{"neighbours":"5"}""", "There is no hyperparameter 'neighbours'; there are: settings, fast, asOf")]
    [InlineData("""{"fast":"yes"}""", "Hyperparameter 'fast' is 'yes'; give true or false.")]
    [InlineData("""{"neighboursPerItem":"0"}""", "NeighboursPerItem is 0")]
    [InlineData("""{"userPercent":"0"}""", "Hyperparameter 'userPercent' is '0'; give above 0 and at most 100.")]
    [InlineData("[]", "is no JSON object")]
    [InlineData("""{"settings":"{\"serving\":{\"repeat\":true}}"}""", "did you mean 'repeats'?")]
    public async Task A_wrong_hyperparameter_is_a_sentence_in_the_failure_file(string hyperparameters, string sentence)
    {
        using var folder = new ContainerFolder();
        folder.WithHyperparameters(hyperparameters).With("input/data/a/1.jsonl", ContainerFolder.Events(40));

        var (exitCode, _, errors) = await ContainerProcess.TrainAsync(folder);

        Assert.Equal(1, exitCode);
        Assert.Contains(sentence, folder.Failure, StringComparison.Ordinal);
        Assert.Contains(sentence, errors, StringComparison.Ordinal);
        Assert.Empty(Directory.Exists(folder.Model) ? Directory.GetFileSystemEntries(folder.Model) : []);
    }

    [Theory]
    [InlineData(null, "There is no file with interactions")]
    [InlineData("", "There is no file with interactions")]
    [InlineData("{\"userId\":\"u\",\"itemId\":\"a\"}\n", "too little data")]
    [InlineData("a\u0000b", "is a binary file")]
    public async Task Data_that_can_not_be_trained_on_are_a_sentence_in_the_failure_file(
        string? content,
        string sentence
    )
    {
        using var folder = new ContainerFolder();
        if (content is not null)
            folder.With("input/data/a/1.csv", content);

        Assert.Equal(1, (await ContainerProcess.TrainAsync(folder)).ExitCode);

        Assert.Contains(sentence, folder.Failure, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("TERM", 143)]
    [InlineData("KILL", 137)]
    public async Task A_training_that_is_stopped_or_killed_leaves_no_model(string signal, int exitCode)
    {
        using var folder = new ContainerFolder();
        folder
            .WithHyperparameters("""{"asOf":"2026-03-01T00:00:00Z"}""")
            .With("input/data/a/1.jsonl", ContainerFolder.Events(3000));
        await using var training = ContainerProcess.Start("train", folder);

        await training.UntilAsync("reading interactions");
        await training.SignalAsync(signal);

        Assert.Equal(exitCode, await training.EndAsync());
        Assert.Empty(Directory.GetFileSystemEntries(folder.Model));
        Assert.Null(folder.Failure);
    }
}
