using Amazon.Kinesis;
using Amazon.SageMakerRuntime;
using Amazon.StepFunctions;

namespace Recommendation.Aws.Tests;

/// <summary>These set variables of the whole process, which every other test overrides by a URL of its own.</summary>
[Collection("environment")]
[CollectionDefinition("environment", DisableParallelization = true)]
public sealed class EndpointUrlTests : IDisposable
{
    private static readonly string[] s_names =
        ["AWS_ENDPOINT_URL", "AWS_ENDPOINT_URL_KINESIS", "AWS_ENDPOINT_URL_SAGEMAKER_RUNTIME", "AWS_ENDPOINT_URL_SFN", "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS"];

    private readonly string?[] _before = [.. s_names.Select(Environment.GetEnvironmentVariable)];

    [Fact]
    public void The_SDKs_endpoint_variables_are_respected()
    {
        Environment.SetEnvironmentVariable("AWS_ENDPOINT_URL", "http://127.0.0.1:1/all");
        Environment.SetEnvironmentVariable("AWS_ENDPOINT_URL_KINESIS", "http://127.0.0.1:2/kinesis");
        Environment.SetEnvironmentVariable("AWS_ENDPOINT_URL_SAGEMAKER_RUNTIME", "http://127.0.0.1:3/ranking");
        Assert.Equal("http://127.0.0.1:2/kinesis", new AmazonKinesisConfig().Url().TrimEnd('/'));
        Assert.Equal("http://127.0.0.1:3/ranking", new AmazonSageMakerRuntimeConfig().Url().TrimEnd('/'));
        Assert.Equal("http://127.0.0.1:1/all", new AmazonStepFunctionsConfig().Url().TrimEnd('/'));
        var s3 = AwsClients.S3(new AwsOptions());
        Assert.True(s3.ForcePathStyle);
        Assert.Equal("http://127.0.0.1:1/all", s3.ServiceURL.TrimEnd('/'));
    }

    public void Dispose()
    {
        foreach (var (name, value) in s_names.Zip(_before))
            Environment.SetEnvironmentVariable(name, value);
    }
}
