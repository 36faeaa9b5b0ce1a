using System.Globalization;
using System.Text.Json;
using Recommendation.Application.Ports;
using Recommendation.Aws.S3;
using Recommendation.Contracts;

namespace Recommendation.Aws.Tests;

public sealed class S3QuarantineTests : QuarantineContract
{
    protected override async Task<IQuarantine> CreateAsync() =>
        new S3Quarantine(Own(await AwsFixture.WithBucketAsync()).Bucket);
}

public sealed class S3ModelStoreTests : ModelStoreContract
{
    protected override async Task<IModelStore> CreateAsync() =>
        new S3ModelStore(Own(await AwsFixture.WithBucketAsync()).Bucket);
}

public sealed class S3BatchRunsTests : BatchRunsContract
{
    protected override async Task<IBatchRuns> CreateAsync() =>
        new S3BatchRuns(Own(await AwsFixture.WithBucketAsync()).Bucket);
}

public sealed class S3BatchListsTests : BatchListsContract
{
    private Bucket? _bucket;

    protected override async Task<IBatchLists> CreateAsync() =>
        new S3BatchLists(_bucket = Own(await AwsFixture.WithBucketAsync()).Bucket, new Words());

    protected override IBatchLists WithoutFormat() => new S3BatchLists(_bucket!);

    protected override async Task<byte[]?> ContentAsync(string name) =>
        (await _bucket!.FindAsync($"batch-results/{name}", None))?.Body;
}

public sealed class S3ReceiptKeysTests : ReceiptKeysContract
{
    protected override async Task<IReceiptKeys> CreateAsync() =>
        new S3ReceiptKeys(Own(await AwsFixture.WithBucketAsync()).Bucket);
}

public sealed class S3ErasuresTests : ErasuresContract
{
    protected override async Task<IErasures> CreateAsync() =>
        new S3Erasures(Own(await AwsFixture.WithBucketAsync()).Bucket);
}

public sealed class S3BatchSegmentsTests : BatchSegmentsContract
{
    private Bucket? _bucket;

    protected override async Task<IBatchSegments> CreateAsync()
    {
        _bucket = Own(await AwsFixture.WithBucketAsync()).Bucket;
        return new S3BatchSegments(_bucket);
    }

    protected override async Task<string?> PublishedAsync(DateOnly day)
    {
        var key = string.Create(CultureInfo.InvariantCulture, $"batch-results/{day:yyyy-MM-dd}/results.json");
        if (await _bucket!.FindAsync(key, CancellationToken.None) is not { } stored)
            return null;
        using var document = JsonDocument.Parse(stored.Body);
        return document.RootElement.GetProperty("runId").GetString();
    }
}

public sealed class S3ScenariosTests : ScenariosContract
{
    protected override async Task<IScenarios> CreateAsync() =>
        new S3Scenarios(Own(await AwsFixture.WithBucketAsync()).Bucket);
}

public sealed class S3RecommendationIdKeysTests : RecommendationIdKeysContract
{
    protected override async Task<IRecommendationIdKeys> CreateAsync() =>
        new S3RecommendationIdKeys(Own(await AwsFixture.WithBucketAsync()).Bucket);
}

public sealed class S3ListConfigurationsTests : ListConfigurationsContract
{
    protected override async Task<IListConfigurations> CreateAsync() =>
        new S3ListConfigurations(Own(await AwsFixture.WithBucketAsync()).Bucket);
}

public sealed class S3ExperimentStoreTests : ExperimentStoreContract
{
    protected override async Task<IExperimentStore> CreateAsync() =>
        new S3ExperimentStore(Own(await AwsFixture.WithBucketAsync()).Bucket);
}

public sealed class S3DerivedFeedbackTests : DerivedFeedbackContract
{
    protected override async Task<IDerivedFeedback> CreateAsync() =>
        new S3DerivedFeedback(Own(await AwsFixture.WithBucketAsync()).Bucket);
}
