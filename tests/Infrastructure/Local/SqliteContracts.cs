using Recommendation.Application.Ports;
using Recommendation.Contracts;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Items;
using Recommendation.Local.Sqlite;

namespace Recommendation.Local.Tests;

public sealed class SqliteInteractionLogTests : InteractionLogContract
{
    protected override Task<IInteractionLog> CreateAsync() =>
        Task.FromResult<IInteractionLog>(new SqliteInteractionLog(Own(new SqliteFixture()).Database));
}

public sealed class SqliteProfileStoreTests : ProfileStoreContract
{
    protected override Task<IProfileStore> CreateAsync() =>
        Task.FromResult<IProfileStore>(new SqliteProfileStore(Own(new SqliteFixture()).Database));
}

public sealed class SqliteCheckpointTests : CheckpointContract
{
    protected override Task<IProfileStore> CreateAsync() =>
        Task.FromResult<IProfileStore>(new SqliteProfileStore(Own(new SqliteFixture()).Database));
}

public sealed class SqliteActiveUsersTests : ActiveUsersContract
{
    protected override Task<IProfileStore> CreateAsync() =>
        Task.FromResult<IProfileStore>(new SqliteProfileStore(Own(new SqliteFixture()).Database));
}

public sealed class SqliteHistoryStoreTests : HistoryStoreContract
{
    protected override Task<IHistoryStore> CreateAsync() =>
        Task.FromResult<IHistoryStore>(new SqliteHistoryStore(Own(new SqliteFixture()).Database));
}

public sealed class SqliteRecommendationStoreTests : RecommendationStoreContract
{
    protected override Task<IRecommendationStore> CreateAsync() =>
        Task.FromResult<IRecommendationStore>(new SqliteRecommendationStore(Own(new SqliteFixture()).Database));
}

public sealed class SqliteItemCatalogTests : ItemCatalogContract
{
    protected override Task<IItemCatalog> CreateAsync() =>
        Task.FromResult<IItemCatalog>(new SqliteItemCatalog(Own(new SqliteFixture()).Database));
}

public sealed class SqliteItemPagesTests : ItemPagesContract
{
    protected override Task<IItemCatalog> CreateAsync() =>
        Task.FromResult<IItemCatalog>(new SqliteItemCatalog(Own(new SqliteFixture()).Database));
}

public sealed class SqliteQuarantineTests : QuarantineContract
{
    protected override Task<IQuarantine> CreateAsync() =>
        Task.FromResult<IQuarantine>(new SqliteQuarantine(Own(new SqliteFixture()).Database));
}

public sealed class SqliteIdempotencyKeysTests : IdempotencyKeysContract
{
    protected override Task<IIdempotencyKeys> CreateAsync() =>
        Task.FromResult<IIdempotencyKeys>(new SqliteIdempotencyKeys(Own(new SqliteFixture()).Database));
}

public sealed class SqliteErasuresTests : ErasuresContract
{
    protected override Task<IErasures> CreateAsync() =>
        Task.FromResult<IErasures>(new SqliteErasures(Own(new SqliteFixture()).Database));
}

public sealed class SqliteScenariosTests : ScenariosContract
{
    protected override Task<IScenarios> CreateAsync() =>
        Task.FromResult<IScenarios>(new SqliteScenarios(Own(new SqliteFixture()).Database));
}

public sealed class SqliteItemSearchTests : ItemSearchContract
{
    [Fact]
    public async Task Items_are_found_whatever_the_accents()
    {
        await Port.PutAsync([new CatalogItem(Some.Item("c"), "Café Ümlaut", [])], CancellationToken.None);
        foreach (var text in (string[])["CAFE umlaut", "cafe\u0301", "CAFÉ", "caf* ümlaut"])
        {
            var found = await ((IItemSearch)Port).SearchAsync(ItemQuery.Of(text, []), null, 9, CancellationToken.None);
            Assert.Single(found.Items);
        }
    }

    protected override Task<IItemCatalog> CreateAsync() =>
        Task.FromResult<IItemCatalog>(new SqliteItemCatalog(Own(new SqliteFixture()).Database));
}

public sealed class SqliteAttributeShapesTests : AttributeShapesContract
{
    protected override Task<IAttributeShapes> CreateAsync() =>
        Task.FromResult<IAttributeShapes>(new SqliteAttributeShapes(Own(new SqliteFixture()).Database));
}

public sealed class SqliteItemChangesTests : ItemChangesContract
{
    private LocalDatabase? _database;

    protected override IItemChanges Changes => new SqliteItemChanges(_database!);

    protected override Task<IItemCatalog> CreateAsync() =>
        Task.FromResult<IItemCatalog>(new SqliteItemCatalog(_database = Own(new SqliteFixture()).Database));
}

public sealed class SqliteNewestItemsTests : NewestItemsContract
{
    private LocalDatabase? _database;

    protected override INewestItems Newest => new SqliteNewestItems(_database!);

    protected override Task<IItemCatalog> CreateAsync() =>
        Task.FromResult<IItemCatalog>(new SqliteItemCatalog(_database = Own(new SqliteFixture()).Database));
}

public sealed class SqliteItemGroupsTests : ItemGroupsContract
{
    private LocalDatabase? _database;

    protected override IItemGroups Groups => field ??= new SqliteItemGroups(_database!);

    protected override Task<IItemCatalog> CreateAsync() =>
        Task.FromResult<IItemCatalog>(new SqliteItemCatalog(_database = Own(new SqliteFixture()).Database));
}

public sealed class SqliteItemArrivalsTests : ItemArrivalsContract
{
    private LocalDatabase? _database;

    protected override IItemArrivals Arrivals => new SqliteItemArrivals(_database!);

    [Fact]
    public async Task An_item_that_takes_the_place_of_the_deleted_newest_one_is_read()
    {
        await PutAsync("a", "b");
        var (place, _) = await ReadAsync(null);
        await _database!.Writer.RunAsync(
            connection =>
            {
                connection.Run("DELETE FROM items WHERE item = 'b'");
                return 0;
            },
            Faults.OfStore,
            CancellationToken.None);
        await PutAsync("c");

        Assert.Contains("c", (await ReadAsync(place)).Items);
    }

    protected override Task<IItemCatalog> CreateAsync()
    {
        _database = Own(new SqliteFixture()).Database;
        return Task.FromResult<IItemCatalog>(new SqliteItemCatalog(_database));
    }
}

public sealed class SqliteListConfigurationsTests : ListConfigurationsContract
{
    protected override Task<IListConfigurations> CreateAsync() =>
        Task.FromResult<IListConfigurations>(new SqliteListConfigurations(Own(new SqliteFixture()).Database));
}

public sealed class SqliteFeedbackStoreTests : FeedbackStoreContract
{
    protected override Task<IFeedbackStore> CreateAsync() =>
        Task.FromResult<IFeedbackStore>(new SqliteFeedbackStore(Own(new SqliteFixture()).Database));

    protected override Position At(long sequence) => LocalPosition.Of(sequence);
}

public sealed class SqliteUserAttributesTests : UserAttributesContract
{
    protected override Task<IUserAttributes> CreateAsync() =>
        Task.FromResult<IUserAttributes>(new SqliteUserAttributes(Own(new SqliteFixture()).Database));
}

public sealed class SqliteExperimentStoreTests : ExperimentStoreContract
{
    protected override Task<IExperimentStore> CreateAsync() =>
        Task.FromResult<IExperimentStore>(new SqliteExperimentStore(Own(new SqliteFixture()).Database));
}
