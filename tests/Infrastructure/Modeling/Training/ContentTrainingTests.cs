using Recommendation.Application.Ports;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Items;
using Recommendation.Modeling.Artefacts;
using Recommendation.Modeling.Tests.Shapes;
using Recommendation.Modeling.Trainers;

namespace Recommendation.Modeling.Tests.Training;

/// <summary>What a catalogue does to a trained model.</summary>
public class ContentTrainingTests
{
    private static readonly ContentShape s_titles = ContentShape.Titles();

    [Fact]
    public async Task The_kinds_that_decide_get_the_weight_and_those_drawn_at_random_get_hardly_any()
    {
        var titles = await LoadAsync(s_titles);
        var vectors = await LoadAsync(ContentShape.Vectors());

        var kinds = Kinds(titles);
        Assert.True(kinds["title"] + kinds["categories"] > 0.9, string.Join(' ', kinds));
        Assert.True(kinds["categories"] > 0.2, string.Join(' ', kinds));
        kinds = Kinds(vectors);
        Assert.True(kinds["attribute:embedding"] + kinds["attribute:weight"] > 0.9, string.Join(' ', kinds));
        Assert.True(kinds["attribute:embedding"] > 0.1, string.Join(' ', kinds));
    }

    [Fact]
    public async Task Content_that_says_nothing_leaves_the_artefact_as_it_was()
    {
        var without = await BytesAsync(s_titles, catalogue: null);

        Assert.Equal(without, await BytesAsync(s_titles, []));
        Assert.Equal(without, await BytesAsync(s_titles, s_titles.Shuffled().Items));
        var bare = s_titles.Items.Select(item => new CatalogItem(item.ItemId, null, []));
        Assert.Equal(without, await BytesAsync(s_titles, [.. bare]));
    }

    [Fact]
    public async Task The_bytes_depend_neither_on_the_threads_nor_on_the_order_of_the_catalogue()
    {
        var cold = s_titles.Items.Append(New("new", s_titles.Items[3])).ToList();

        var one = await BytesAsync(s_titles, cold, options => (options.Search, options.Threads) = (true, 1));
        cold.Reverse();
        var other = await BytesAsync(s_titles, cold, options => (options.Search, options.Threads) = (true, 3));

        Assert.Equal(one, other);
    }

    [Fact]
    public async Task A_new_item_gets_a_row_and_a_column_like_those_of_the_items_that_resemble_it()
    {
        var old = await LoadAsync(s_titles);
        var model = await LoadAsync(s_titles, [.. s_titles.Items, New("i100b", s_titles.Items[100])]);

        Assert.True(model.TryFind(ItemId.Parse("i100b"), out var placed));
        Assert.Equal(old.Items.Length + 1, model.Items.Length);
        Assert.Equal(0, model.Popularity[placed]);
        var styles = s_titles.Items.ToDictionary(item => item.ItemId, item => item.Categories[^1]);
        var best = model.Weights.ColumnsOf(placed).ToArray()
            .OrderByDescending(column => model.WeightOf(placed, column)).Take(5).ToArray();
        Assert.All(best, column => Assert.Equal(s_titles.Items[100].Categories[^1], styles[model.Items[column]]));
        var sources = Enumerable.Range(0, model.Items.Length).Where(source => model.WeightOf(source, placed) > 0)
            .OrderByDescending(source => model.WeightOf(source, placed)).Take(5);
        Assert.All(sources, source => Assert.Equal(s_titles.Items[100].Categories[^1], styles[model.Items[source]]));
    }

    [Fact]
    public async Task Weights_between_items_with_interactions_stay_as_they_were()
    {
        var old = await LoadAsync(s_titles, catalogue: null);
        var model = await LoadAsync(s_titles, [.. s_titles.Items, New("a-new-one", s_titles.Items[7])]);

        for (var source = 0; source < old.Items.Length; source++)
        {
            Assert.True(model.TryFind(old.Items[source], out var row));
            foreach (var column in old.Weights.ColumnsOf(source))
            {
                Assert.True(model.TryFind(old.Items[column], out var target));
                Assert.Equal(old.WeightOf(source, column), model.WeightOf(row, target));
            }
        }
    }

    [Fact]
    public async Task An_item_that_is_not_offered_is_not_placed()
    {
        var item = New("gone", s_titles.Items[7]);
        var expired = New("expired", s_titles.Items[7]) with { ExpiresAt = Some.Noon };
        var model = await LoadAsync(s_titles, [.. s_titles.Items, item with { Available = false }, expired]);

        Assert.False(model.TryFind(ItemId.Parse("gone"), out _));
        Assert.False(model.TryFind(ItemId.Parse("expired"), out _));
    }

    [Fact]
    public async Task A_refit_keeps_the_parameters_of_content_and_has_none_where_the_measured_model_had_none()
    {
        await using var measured = await TrainAsync(s_titles, s_titles.Items, options => options.Search = true);
        await using var refitted = await RefitAsync(measured.Description);
        await using var without = await TrainAsync(s_titles, catalogue: null, options => options.Search = true);
        await using var plain = await RefitAsync(without.Description);

        string[] names = ["contentSharpness", "contentSelf", "contentScale", "contentWarmShare"];
        Assert.All(names, name => Assert.Equal(
            measured.Description.Parameters[name], refitted.Description.Parameters[name]));
        Assert.DoesNotContain("contentScale", plain.Description.Parameters.Keys);
        Assert.Null((await ModelArtefactReader.ReadAsync(plain.Artefact, CancellationToken.None)).Content);

        Task<TrainedModel> RefitAsync(ModelDescription model) => Some.Trainer().RefitAsync(
            model,
            new RefitSource(model.Version, Some.Noon, Some.Noon),
            Some.Stream(s_titles.Interactions),
            Options(s_titles.Items),
            progress: null,
            CancellationToken.None);
    }

    [Fact]
    public async Task No_more_new_items_are_placed_than_the_options_allow_and_those_are_the_newest()
    {
        var items = Enumerable.Range(0, 9).Select(at => New($"n{at}", s_titles.Items[at]) with
        {
            CreatedAt = Some.Noon.AddDays(at % 2 == 0 ? -at : -100),
        });
        var model = await LoadAsync(s_titles, [.. s_titles.Items, .. items], options => options.NewItems = 3);

        Assert.Equal(
            ["n0", "n2", "n4"], model.Items.Select(item => item.Value).Where(id => id.StartsWith('n')).ToArray());
    }

    private static CatalogItem New(string id, CatalogItem like) => like with { ItemId = ItemId.Parse(id) };

    private static Dictionary<string, double> Kinds(ItemModel model) =>
        model.Manifest.Content!.Kinds.ToDictionary(kind => kind.Name, kind => kind.Weight, StringComparer.Ordinal);

    private static Task<ItemModel> LoadAsync(ContentShape shape) => LoadAsync(shape, shape.Items);

    private static async Task<ItemModel> LoadAsync(
        ContentShape shape, List<CatalogItem>? catalogue, Action<ModelTrainerOptions>? configure = null)
    {
        await using var trained = await TrainAsync(shape, catalogue, configure);
        return await ModelArtefactReader.ReadAsync(trained.Artefact, CancellationToken.None);
    }

    private static async Task<byte[]> BytesAsync(
        ContentShape shape, List<CatalogItem>? catalogue, Action<ModelTrainerOptions>? configure = null)
    {
        await using var trained = await TrainAsync(shape, catalogue, configure);
        using var copy = new MemoryStream();
        await trained.Artefact.CopyToAsync(copy);
        return copy.ToArray();
    }

    private static Task<TrainedModel> TrainAsync(
        ContentShape shape, List<CatalogItem>? catalogue, Action<ModelTrainerOptions>? configure = null) =>
        Some.Trainer(configure).TrainAsync(
            Some.Stream(shape.Interactions), Options(catalogue), progress: null, CancellationToken.None);

    private static TrainingOptions Options(List<CatalogItem>? catalogue) => new(Some.Noon)
    {
        Catalogue = catalogue is null ? null : _ => Some.Stream(catalogue),
    };
}
