using Recommendation.Application.Ports;
using Recommendation.Contracts;
using Recommendation.Domain.Interactions;
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

public sealed class SqliteExperimentStoreTests : ExperimentStoreContract
{
    protected override Task<IExperimentStore> CreateAsync() =>
        Task.FromResult<IExperimentStore>(new SqliteExperimentStore(Own(new SqliteFixture()).Database));
}
