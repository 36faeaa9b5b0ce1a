using Recommendation.Application.Ports;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Items;
using Recommendation.Modeling.Artefacts;
using Recommendation.Modeling.Tests.Shapes;

namespace Recommendation.Modeling.Tests.Training;

/// <summary>Variants of a product are trained as one item, and each of them stands for it in a history.</summary>
public sealed class VariantTrainingTests
{
    [Fact]
    public async Task Variants_learn_together_and_only_the_main_one_is_ranked()
    {
        // Whoever views any shirt views the belt; no colour is viewed often.
        List<Interaction> log =
        [
            .. Enumerable.Range(0, 40).SelectMany(user => (Interaction[])
            [
                Some.Interaction($"u{user:00}", $"shirt-{user % 4}"),
                Some.Interaction($"u{user:00}", "belt"),
                Some.Interaction($"u{user:00}", $"other-{user % 7}"),
            ]),
        ];
        var shirts = ItemGroups.Of(Enumerable.Range(0, 6).Select(n => (ItemId.Parse($"shirt-{n}"), "shirt-2")));

        var apart = await LoadAsync(log, ItemGroups.None);
        var together = await LoadAsync(log, shirts);

        Assert.Equal(apart.Items, together.Items);
        var main = Row(together, "shirt-2");
        Assert.Contains("belt", main.Keys);
        Assert.All((string[])["shirt-0", "shirt-1", "shirt-3"], item => Assert.Equal(main, Row(together, item)));
        var ranked = together.Items.SelectMany(item => Row(together, item.Value).Keys).Distinct().Where(IsShirt);
        Assert.Equal(["shirt-2"], ranked);
        Assert.True(Popularity(together, "shirt-2") > 3 * Popularity(apart, "shirt-2"));
        Assert.Equal(0, Popularity(together, "shirt-1"));
    }

    [Fact]
    public async Task A_variant_with_interactions_is_no_new_item_of_the_catalogue_and_keeps_its_place_in_histories()
    {
        var shape = ContentShape.Titles();
        var variants = ItemGroups.Of([(shape.Items[3].ItemId, "g"), (shape.Items[7].ItemId, "g")]);
        var (main, other) = (variants.MainOf(shape.Items[3].ItemId), variants.VariantsOf(shape.Items[3].ItemId)[1]);

        var model = await LoadAsync(shape.Interactions, variants, shape.Items);

        Assert.NotNull(model.Content);
        Assert.Equal(model.Items.Length, model.Content.Items);
        Assert.Equal(Row(model, main.Value), Row(model, other.Value));
        Assert.DoesNotContain(other.Value, model.Items.SelectMany(item => Row(model, item.Value).Keys));
        Assert.True(model.TryFind(main, out var number));
        Assert.False(model.Content.IsEmpty(number));
    }

    [Fact]
    public async Task Groups_without_interactions_leave_the_artefact_as_it_was()
    {
        var log = Some.TwoTastes();
        var others = ItemGroups.Of([(ItemId.Parse("x"), "g"), (ItemId.Parse("y"), "g")]);

        Assert.Equal(await BytesAsync(log, ItemGroups.None), await BytesAsync(log, others));
    }

    private static bool IsShirt(string id) => id.StartsWith("shirt", StringComparison.Ordinal);

    private static Dictionary<string, double> Row(ItemModel model, string item)
    {
        Assert.True(model.TryFind(ItemId.Parse(item), out var number));
        return model.Weights.ColumnsOf(number).ToArray().ToDictionary(
            column => model.Items[column].Value,
            column => (double)model.WeightOf(number, column),
            StringComparer.Ordinal);
    }

    private static float Popularity(ItemModel model, string item) =>
        model.TryFind(ItemId.Parse(item), out var number) ? model.Popularity[number] : -1;

    private static async Task<ItemModel> LoadAsync(
        IEnumerable<Interaction> log, ItemGroups variants, List<CatalogItem>? catalogue = null)
    {
        await using var trained = await TrainAsync(log, variants, catalogue);
        return await ModelArtefactReader.ReadAsync(trained.Artefact, CancellationToken.None);
    }

    private static async Task<byte[]> BytesAsync(IEnumerable<Interaction> log, ItemGroups variants)
    {
        await using var trained = await TrainAsync(log, variants, catalogue: null);
        using var copy = new MemoryStream();
        await trained.Artefact.CopyToAsync(copy);
        return copy.ToArray();
    }

    private static Task<TrainedModel> TrainAsync(
        IEnumerable<Interaction> log, ItemGroups variants, List<CatalogItem>? catalogue) =>
        Some.Trainer().TrainAsync(
            Some.Stream(log),
            new TrainingOptions(Some.Noon)
            {
                Variants = variants,
                Catalogue = catalogue is null ? null : _ => Some.Stream(catalogue),
            },
            progress: null,
            CancellationToken.None);
}
