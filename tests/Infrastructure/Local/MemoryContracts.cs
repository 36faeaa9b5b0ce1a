using Recommendation.Application.Ports;
using Recommendation.Contracts;
using Recommendation.Domain.Interactions;
using Recommendation.Local.InMemory;

namespace Recommendation.Local.Tests;

public sealed class MemoryInteractionLogTests : InteractionLogContract
{
    protected override Task<IInteractionLog> CreateAsync() =>
        Task.FromResult<IInteractionLog>(new MemoryInteractionLog());
}

public sealed class MemoryProfileStoreTests : ProfileStoreContract
{
    protected override Task<IProfileStore> CreateAsync() => Task.FromResult<IProfileStore>(new MemoryProfileStore());
}

public sealed class MemoryCheckpointTests : CheckpointContract
{
    protected override Task<IProfileStore> CreateAsync() => Task.FromResult<IProfileStore>(new MemoryProfileStore());
}

public sealed class MemoryActiveUsersTests : ActiveUsersContract
{
    protected override Task<IProfileStore> CreateAsync() => Task.FromResult<IProfileStore>(new MemoryProfileStore());
}

public sealed class MemoryHistoryStoreTests : HistoryStoreContract
{
    protected override Task<IHistoryStore> CreateAsync() => Task.FromResult<IHistoryStore>(new MemoryHistoryStore());
}

public sealed class MemoryRecommendationStoreTests : RecommendationStoreContract
{
    protected override Task<IRecommendationStore> CreateAsync() =>
        Task.FromResult<IRecommendationStore>(new MemoryRecommendationStore());
}

public sealed class MemoryItemCatalogTests : ItemCatalogContract
{
    protected override Task<IItemCatalog> CreateAsync() => Task.FromResult<IItemCatalog>(new MemoryItemCatalog());
}

public sealed class MemoryItemPagesTests : ItemPagesContract
{
    protected override Task<IItemCatalog> CreateAsync() => Task.FromResult<IItemCatalog>(new MemoryItemCatalog());
}

public sealed class MemoryQuarantineTests : QuarantineContract
{
    protected override Task<IQuarantine> CreateAsync() => Task.FromResult<IQuarantine>(new MemoryQuarantine());
}

public sealed class MemoryModelStoreTests : ModelStoreContract
{
    protected override Task<IModelStore> CreateAsync() => Task.FromResult<IModelStore>(new MemoryModelStore());
}

public sealed class MemoryBatchRunsTests : BatchRunsContract
{
    protected override Task<IBatchRuns> CreateAsync() => Task.FromResult<IBatchRuns>(new MemoryBatchRuns());
}

public sealed class MemoryBatchSegmentsTests : BatchSegmentsContract
{
    protected override Task<IBatchSegments> CreateAsync() => Task.FromResult<IBatchSegments>(new MemoryBatchSegments());

    protected override Task<string?> PublishedAsync(DateOnly day) =>
        Task.FromResult(((MemoryBatchSegments)Port).Published(day)?.Id.Value);
}

public sealed class MemoryIdempotencyKeysTests : IdempotencyKeysContract
{
    protected override Task<IIdempotencyKeys> CreateAsync() =>
        Task.FromResult<IIdempotencyKeys>(new MemoryIdempotencyKeys());
}

public sealed class MemoryReceiptKeysTests : ReceiptKeysContract
{
    protected override Task<IReceiptKeys> CreateAsync() => Task.FromResult<IReceiptKeys>(new MemoryReceiptKeys());
}

public sealed class MemoryErasuresTests : ErasuresContract
{
    protected override Task<IErasures> CreateAsync() =>
        Task.FromResult<IErasures>(new MemoryErasures(new MemoryInteractionLog()));
}

public sealed class MemoryScenariosTests : ScenariosContract
{
    protected override Task<IScenarios> CreateAsync() => Task.FromResult<IScenarios>(new MemoryScenarios());
}

public sealed class MemoryItemSearchTests : ItemSearchContract
{
    protected override Task<IItemCatalog> CreateAsync() => Task.FromResult<IItemCatalog>(new MemoryItemCatalog());
}

public sealed class MemoryAttributeShapesTests : AttributeShapesContract
{
    protected override Task<IAttributeShapes> CreateAsync() =>
        Task.FromResult<IAttributeShapes>(new MemoryAttributeShapes());
}

public sealed class MemoryItemChangesTests : ItemChangesContract
{
    protected override IItemChanges Changes => (IItemChanges)Port;

    protected override Task<IItemCatalog> CreateAsync() => Task.FromResult<IItemCatalog>(new MemoryItemCatalog());
}

public sealed class MemoryItemArrivalsTests : ItemArrivalsContract
{
    protected override IItemArrivals Arrivals => new MemoryItemArrivals((IItemPages)Port);

    protected override Task<IItemCatalog> CreateAsync() => Task.FromResult<IItemCatalog>(new MemoryItemCatalog());
}

public sealed class MemoryListConfigurationsTests : ListConfigurationsContract
{
    protected override Task<IListConfigurations> CreateAsync() =>
        Task.FromResult<IListConfigurations>(new MemoryListConfigurations());
}

public sealed class MemoryRecommendationIdKeysTests : RecommendationIdKeysContract
{
    protected override Task<IRecommendationIdKeys> CreateAsync() =>
        Task.FromResult<IRecommendationIdKeys>(new MemoryRecommendationIdKeys());
}

public sealed class MemoryFeedbackStoreTests : FeedbackStoreContract
{
    protected override Task<IFeedbackStore> CreateAsync() => Task.FromResult<IFeedbackStore>(new MemoryFeedbackStore());

    protected override Position At(long sequence) => LocalPosition.Of(sequence);
}

public sealed class MemoryUserAttributesTests : UserAttributesContract
{
    protected override Task<IUserAttributes> CreateAsync() =>
        Task.FromResult<IUserAttributes>(new MemoryUserAttributes());
}

public sealed class MemoryExperimentStoreTests : ExperimentStoreContract
{
    protected override Task<IExperimentStore> CreateAsync() =>
        Task.FromResult<IExperimentStore>(new MemoryExperimentStore());
}

public sealed class MemoryNewestItemsTests : NewestItemsContract
{
    protected override INewestItems Newest => (INewestItems)Port;

    protected override Task<IItemCatalog> CreateAsync() => Task.FromResult<IItemCatalog>(new MemoryItemCatalog());
}

public sealed class MemoryItemGroupsTests : ItemGroupsContract
{
    protected override IItemGroups Groups => (IItemGroups)Port;

    protected override Task<IItemCatalog> CreateAsync() => Task.FromResult<IItemCatalog>(new MemoryItemCatalog());
}
