using Amazon.DynamoDBv2;
using Amazon.Kinesis;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.SageMakerRuntime;
using Amazon.StepFunctions;

namespace Recommendation.Aws;

/// <summary>How the SDK's clients are set up; what is not set here is the SDK's own chain's to decide.</summary>
internal static class AwsClients
{
    internal static AmazonDynamoDBConfig DynamoDb(AwsOptions options) =>
        Bounded(new AmazonDynamoDBConfig { MaxErrorRetry = options.RequestRetries, Timeout = options.RequestTimeout });

    internal static AmazonKinesisConfig Kinesis(AwsOptions options) =>
        Bounded(new AmazonKinesisConfig { MaxErrorRetry = options.RequestRetries, Timeout = options.RequestTimeout });

    internal static AmazonStepFunctionsConfig StepFunctions(AwsOptions options) =>
        Bounded(
            new AmazonStepFunctionsConfig { MaxErrorRetry = options.RequestRetries, Timeout = options.RequestTimeout }
        );

    /// <summary>
    /// Without the SDK's repetitions: those of <see cref="SageMaker.EndpointCalls"/> are what
    /// the circuit breaker counts.
    /// </summary>
    internal static AmazonSageMakerRuntimeConfig SageMakerRuntime(AwsOptions options) =>
        Bounded(
            new AmazonSageMakerRuntimeConfig
            {
                MaxErrorRetry = 0,
                Timeout = options.EndpointTimeout + TimeSpan.FromSeconds(5),
            }
        );

    internal static AmazonS3Config S3(AwsOptions options)
    {
        var config = Bounded(new AmazonS3Config { MaxErrorRetry = options.RequestRetries });
        // A server of one's own has no host name for each bucket, and may know only the checksums that were there at
        // the start.
        if (config.ServiceURL is { Length: > 0 } url)
        {
            // Set once more, since the S3 client shows the URL of AWS_ENDPOINT_URL(_S3) until it is asked for its
            // region, and then sends to the region's own host (AWSSDK.S3 4.0.104); a URL that was set stays, but hides
            // the region from the signature.
            var region = config.RegionEndpoint?.SystemName;
            config.ServiceURL = url;
            config.AuthenticationRegion = region;
            config.ForcePathStyle = true;
            config.RequestChecksumCalculation = RequestChecksumCalculation.WHEN_REQUIRED;
            config.ResponseChecksumValidation = ResponseChecksumValidation.WHEN_REQUIRED;
        }
        return config;
    }

    /// <summary>
    /// Every send is one of the attempts that were asked for. Beside them the SDK repeats what it takes for a stale
    /// connection, ten times by default, each with the whole time limit; and some requests that ran out of time are
    /// among it: five sends were seen of two.
    /// </summary>
    private static TConfig Bounded<TConfig>(TConfig config)
        where TConfig : ClientConfig
    {
        config.MaxStaleConnectionRetries = 0;
        return config;
    }
}
