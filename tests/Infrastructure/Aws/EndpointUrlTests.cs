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
    [
        "AWS_ENDPOINT_URL",
        "AWS_ENDPOINT_URL_KINESIS",
        "AWS_ENDPOINT_URL_SAGEMAKER_RUNTIME",
        "AWS_ENDPOINT_URL_SFN",
        "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS",
    ];

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

    [Theory]
    [InlineData(
        "eu-west-1",
        false,
        false,
        "kinesis.eu-west-1.amazonaws.com",
        "runtime.sagemaker.eu-west-1.amazonaws.com",
        "states.eu-west-1.amazonaws.com"
    )]
    [InlineData(
        "us-east-1",
        true,
        false,
        "kinesis-fips.us-east-1.amazonaws.com",
        "runtime-fips.sagemaker.us-east-1.amazonaws.com",
        "states-fips.us-east-1.amazonaws.com"
    )]
    [InlineData(
        "us-east-1",
        false,
        true,
        "kinesis.us-east-1.api.aws",
        "runtime.sagemaker.us-east-1.api.aws",
        "states.us-east-1.api.aws"
    )]
    [InlineData(
        "us-east-1",
        true,
        true,
        "kinesis-fips.us-east-1.api.aws",
        "runtime-fips.sagemaker.us-east-1.api.aws",
        "states-fips.us-east-1.api.aws"
    )]
    [InlineData(
        "us-gov-west-1",
        true,
        false,
        "kinesis.us-gov-west-1.amazonaws.com",
        "runtime.sagemaker.us-gov-west-1.amazonaws.com",
        "states.us-gov-west-1.amazonaws.com"
    )]
    [InlineData(
        "cn-north-1",
        false,
        true,
        "kinesis.cn-north-1.api.amazonwebservices.com.cn",
        "runtime.sagemaker.cn-north-1.api.amazonwebservices.com.cn",
        "states.cn-north-1.api.amazonwebservices.com.cn"
    )]
    public void FIPS_and_dual_stack_endpoints_have_the_hosts_of_the_services_rules(
        string region, bool isFips, bool isDualStack, string kinesis, string sageMaker, string states)
    {
        foreach (var name in s_names)
            Environment.SetEnvironmentVariable(name, null);
        Assert.Equal($"https://{kinesis}", At(new AmazonKinesisConfig()).Url());
        Assert.Equal($"https://{sageMaker}", At(new AmazonSageMakerRuntimeConfig()).Url());
        Assert.Equal($"https://{states}", At(new AmazonStepFunctionsConfig()).Url());

        TConfig At<TConfig>(TConfig config)
            where TConfig : Amazon.Runtime.ClientConfig
        {
            config.RegionEndpoint = Amazon.RegionEndpoint.GetBySystemName(region);
            (config.UseFIPSEndpoint, config.UseDualstackEndpoint) = (isFips, isDualStack);
            return config;
        }
    }

    public void Dispose()
    {
        foreach (var (name, value) in s_names.Zip(_before))
            Environment.SetEnvironmentVariable(name, value);
    }
}
