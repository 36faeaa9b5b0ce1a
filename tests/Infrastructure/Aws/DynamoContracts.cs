using Recommendation.Application.Ports;
using Recommendation.Aws.DynamoDb;
using Recommendation.Contracts;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Profiles;

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

public sealed class DynamoSplitIndexTests : ActiveUsersContract
{
    [Fact]
    public async Task Users_who_were_listed_before_the_index_was_split_are_found_after()
    {
        await using var fixture = await AwsFixture.WithTableAsync();
        var users = Enumerable.Range(0, 40).Select(user => Some.User(user)).ToList();
        await fixture.Profiles.SaveAsync(
            [.. users.Select(user => Some.Profile(user.Value, Some.Noon))],
            null,
            CancellationToken.None
        );
        fixture.Options.IndexSplits = 16;
        var more = Enumerable.Range(40, 40).Select(user => Some.User(user)).ToList();
        await fixture.Profiles.SaveAsync(
            [.. more.Select(user => Some.Profile(user.Value, Some.Noon))],
            null,
            CancellationToken.None
        );

        var day = DateOnly.FromDateTime(Some.Noon.UtcDateTime);
        var found = new List<UserId>();
        for (var bucket = 0; bucket < ActiveBucket.Count; bucket++)
            found.AddRange(
                await fixture.Profiles.ActiveUsersAsync(bucket, day, day, CancellationToken.None).ToListAsync()
            );

        Assert.Equal(users.Concat(more).Order(), found.Order());
    }

    protected override async Task<IProfileStore> CreateAsync() =>
        Own(await AwsFixture.WithTableAsync(options => options.IndexSplits = 16)).Profiles;
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

public sealed class DynamoAttributeShapesTests : AttributeShapesContract
{
    protected override async Task<IAttributeShapes> CreateAsync() =>
        new DynamoAttributeShapes(Own(await AwsFixture.WithTableAsync()).Table);
}

public sealed class DynamoUserAttributesTests : UserAttributesContract
{
    protected override async Task<IUserAttributes> CreateAsync() =>
        new DynamoUserAttributes(Own(await AwsFixture.WithTableAsync()).Table);
}

public sealed class DynamoIdempotencyKeysTests : IdempotencyKeysContract
{
    protected override async Task<IIdempotencyKeys> CreateAsync() =>
        new DynamoIdempotencyKeys(Own(await AwsFixture.WithTableAsync()).Table);
}
