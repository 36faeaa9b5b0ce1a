using Recommendation.Application.Ports;
using Recommendation.Aws.DynamoDb;
using Recommendation.Contracts;

namespace Recommendation.Aws.Tests;

public sealed class DynamoProfileStoreTests : ProfileStoreContract
{
    protected override async Task<IProfileStore> CreateAsync() => Own(await AwsFixture.WithTableAsync()).Profiles;
}

public sealed class DynamoCheckpointTests : CheckpointContract
{
    protected override async Task<IProfileStore> CreateAsync() => Own(await AwsFixture.WithTableAsync()).Profiles;
}

public sealed class DynamoActiveUsersTests : ActiveUsersContract
{
    protected override async Task<IProfileStore> CreateAsync() => Own(await AwsFixture.WithTableAsync()).Profiles;
}

public sealed class DynamoHistoryStoreTests : HistoryStoreContract
{
    protected override async Task<IHistoryStore> CreateAsync()
    {
        var fixture = Own(await AwsFixture.WithTableAsync());
        return new DynamoHistoryStore(fixture.Table, fixture.Options);
    }
}

public sealed class DynamoRecommendationStoreTests : RecommendationStoreContract
{
    protected override async Task<IRecommendationStore> CreateAsync()
    {
        var fixture = Own(await AwsFixture.WithTableAsync());
        return new DynamoRecommendationStore(fixture.Table);
    }
}

public sealed class DynamoItemCatalogTests : ItemCatalogContract
{
    protected override async Task<IItemCatalog> CreateAsync()
    {
        var fixture = Own(await AwsFixture.WithTableAsync());
        return new DynamoItemCatalog(fixture.Table);
    }
}

public sealed class DynamoIdempotencyKeysTests : IdempotencyKeysContract
{
    protected override async Task<IIdempotencyKeys> CreateAsync() => new DynamoIdempotencyKeys(Own(await AwsFixture.WithTableAsync()).Table);
}
