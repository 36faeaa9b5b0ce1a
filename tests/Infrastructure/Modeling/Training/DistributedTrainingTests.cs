using Recommendation.Application.Ports;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Items;
using Recommendation.Modeling.RowBlocks;
using Recommendation.Modeling.Tests.Histories;
using Recommendation.Modeling.Trainers;
using Recommendation.Modeling.Training;

namespace Recommendation.Modeling.Tests.Training;

/// <summary>A training in steps gives the model of a training out of core in one process.</summary>
public sealed class DistributedTrainingTests : IDisposable
{
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("recommendation-rows-");

    private string Histories => Path.Combine(_root.FullName, "histories.hist");

    public void Dispose() => _root.Delete(recursive: true);

    [Theory]
    [InlineData(1, false)]
    [InlineData(2, false)]
    [InlineData(7, false)]
    [InlineData(7, true)]
    public async Task Any_number_of_workers_makes_the_bytes_of_one_process(int workers, bool searched)
    {
        var interactions = Some.TwoTastes(users: 400, items: 60, perUser: 15);
        await WriteAsync(interactions);
        var expected = await Some.Artefact(
            interactions, options => (options.Search, options.OutOfCore) = (searched, true));

        await Training().PlanAsync(Histories, Some.Noon, fast: !searched, (_, _) => { }, default);
        // Each worker has other memory and other threads, and the last one is the first to end.
        for (var worker = workers - 1; worker >= 0; worker--)
        {
            var own = Options();
            (own.Threads, own.RowMegabytes) = (1 + (worker % 3), 16 + worker);
            await Training(own).RowsAsync(Histories, RowRange.Part(worker, workers), (_, _) => { }, default);
        }

        Assert.Equal(expected, await MergedAsync());
    }

    [Fact]
    public async Task A_catalogue_places_the_items_that_it_places_in_one_process()
    {
        var interactions = Some.TwoTastes(users: 400, items: 60, perUser: 15);
        await WriteAsync(interactions);
        await using var expected = await Some.Trainer(options => options.OutOfCore = true).TrainAsync(
            Some.Stream(interactions), new(Some.Noon) { Catalogue = Catalogue }, progress: null, default);

        await Training().PlanAsync(Histories, Some.Noon, fast: true, (_, _) => { }, default);
        await Training().RowsAsync(Histories, RowRange.Part(0, 1), (_, _) => { }, default);
        await using var merged = await Training().MergeAsync(Histories, Catalogue, progress: null, default);

        Assert.True(merged.Description.Items > 120);
        Assert.Equal(expected.Description.Version, merged.Description.Version);

        static IAsyncEnumerable<CatalogItem> Catalogue(CancellationToken cancellationToken) => Some.Stream(
            Enumerable.Range(0, 70).SelectMany(at => (CatalogItem[])
            [
                new(ItemId.Parse($"a{at}"), $"red lamp {at}", ["lamps"]),
                new(ItemId.Parse($"b{at}"), $"blue vase {at}", ["vases"]),
            ]));
    }

    [Fact]
    public async Task Rows_that_are_missing_are_named_with_the_command_that_makes_them()
    {
        var items = await PlanAsync();
        var refused = await Assert.ThrowsAsync<RefusedException>(() => MergedAsync());
        Assert.Contains($"--rows 0..{items}`", refused.Message, StringComparison.Ordinal);

        await RowsAsync(RowRange.Between(0, 10));
        await RowsAsync(RowRange.Between(15, items));
        refused = await Assert.ThrowsAsync<RefusedException>(() => MergedAsync());
        Assert.Contains("--rows 10..15`", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rows_that_were_made_twice_or_overlap_are_used_once()
    {
        var items = await PlanAsync();
        await RowsAsync(RowRange.Part(0, 1));
        var expected = await MergedAsync();
        File.Delete(Assert.Single(Directory.GetFiles(_root.FullName, "rows-*.bin", SearchOption.AllDirectories)));

        foreach (var (from, to) in ((int, int)[])[(0, 9), (0, 14), (3, 7), (9, 20), (20, items), (19, items)])
            await RowsAsync(RowRange.Between(from, to));

        Assert.Equal(expected, await MergedAsync());
    }

    [Fact]
    public async Task More_parts_than_rows_leave_some_workers_without_any()
    {
        var items = await PlanAsync();
        var made = 0;
        for (var part = 0; part < items + 5; part++)
        {
            var (from, to) = await RowsAsync(RowRange.Part(part, items + 5));
            Assert.Equal(made, from);
            made = to;
        }

        Assert.Equal(items, made);
        Assert.NotEmpty(await MergedAsync());
    }

    [Fact]
    public async Task Rows_of_an_earlier_plan_are_deleted_and_those_of_another_one_are_refused()
    {
        var items = await PlanAsync();
        await RowsAsync(RowRange.Between(0, 10));
        var stale = Assert.Single(Directory.GetFiles(_root.FullName, "rows-*.bin", SearchOption.AllDirectories));
        var kept = await File.ReadAllBytesAsync(stale);

        await Training().PlanAsync(Histories, Some.Noon.AddDays(-1), fast: true, (_, _) => { }, default);
        Assert.False(File.Exists(stale));

        await File.WriteAllBytesAsync(stale, kept);
        await RowsAsync(RowRange.Between(10, items));
        var refused = await Assert.ThrowsAsync<RefusedException>(() => MergedAsync());
        Assert.Contains($"'{stale}'", refused.Message, StringComparison.Ordinal);
        Assert.Contains("another plan", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_byte_that_is_damaged_anywhere_in_the_folder_is_an_error_that_names_the_file()
    {
        await PlanAsync();
        await RowsAsync(RowRange.Part(0, 1));
        foreach (var file in Directory.GetFiles(Path.Combine(_root.FullName, "shared"), "*.bin"))
        {
            var bytes = await File.ReadAllBytesAsync(file);
            foreach (var at in (int[])[0, 40, bytes.Length / 2, bytes.Length - 1])
            {
                if (at >= bytes.Length)
                    continue;
                var damaged = (byte[])bytes.Clone();
                damaged[at] ^= 4;
                await File.WriteAllBytesAsync(file, damaged);
                var error = await Assert.ThrowsAnyAsync<Exception>(ReadAsync);
                Assert.True(error is StoredFormatException or RefusedException, error.ToString());
                Assert.Contains($"'{file}'", error.Message, StringComparison.Ordinal);
            }
            await File.WriteAllBytesAsync(file, bytes[..^1]);
            Assert.Contains(
                $"'{file}'", (await Assert.ThrowsAsync<StoredFormatException>(ReadAsync)).Message,
                StringComparison.Ordinal);
            await File.WriteAllBytesAsync(file, bytes);
        }
        await File.WriteAllTextAsync(Path.Combine(_root.FullName, "shared", "plan.json"), "{}");
        await Assert.ThrowsAsync<StoredFormatException>(ReadAsync);

        async Task ReadAsync()
        {
            await MergedAsync();
            await RowsAsync(RowRange.Between(0, 1));
        }
    }

    [Fact]
    public async Task Another_history_file_and_rows_that_do_not_exist_are_refused()
    {
        var items = await PlanAsync();
        var none = await Assert.ThrowsAsync<RefusedException>(() => RowsAsync(RowRange.Between(items, items + 1)));
        Assert.Contains($"0..{items}", none.Message, StringComparison.Ordinal);

        await WriteAsync(Some.TwoTastes(users: 90, items: 30, perUser: 9, seed: 8));
        var other = await Assert.ThrowsAsync<RefusedException>(() => RowsAsync(RowRange.Part(0, 1)));
        Assert.Contains("not those of the plan", other.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_without_a_plan_is_refused()
    {
        await WriteAsync(Some.TwoTastes());

        var refused = await Assert.ThrowsAsync<RefusedException>(() => RowsAsync(RowRange.Part(0, 1)));

        Assert.Contains("`recommend train plan`", refused.Message, StringComparison.Ordinal);
    }

    private async Task<int> PlanAsync()
    {
        await WriteAsync(Some.TwoTastes(users: 90, items: 30, perUser: 9));
        return (await Training().PlanAsync(Histories, Some.Noon, fast: true, (_, _) => { }, default)).Items;
    }

    private Task<(int From, int To)> RowsAsync(RowRange range) =>
        Training().RowsAsync(Histories, range, (_, _) => { }, default);

    private async Task<byte[]> MergedAsync()
    {
        await using var model = await Training().MergeAsync(Histories, catalogue: null, progress: null, default);
        using var copy = new MemoryStream();
        await model.Artefact.CopyToAsync(copy);
        return copy.ToArray();
    }

    private DistributedTraining Training(ModelTrainerOptions? options = null) =>
        new(options ?? Options(), EventTypeSettings.Default, Path.Combine(_root.FullName, "shared"));

    private static ModelTrainerOptions Options() => new() { Threads = 2 };

    private async Task WriteAsync(IEnumerable<Interaction> interactions) =>
        await File.WriteAllBytesAsync(Histories, await SomeHistories.Write(interactions));
}
