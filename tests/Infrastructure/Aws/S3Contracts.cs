using Recommendation.Application.Ports;
using Recommendation.Aws.S3;
using Recommendation.Contracts;

namespace Recommendation.Aws.Tests;

public sealed class S3QuarantineTests : QuarantineContract
{
    protected override async Task<IQuarantine> CreateAsync() => new S3Quarantine(Own(await AwsFixture.WithBucketAsync()).Bucket);
}
