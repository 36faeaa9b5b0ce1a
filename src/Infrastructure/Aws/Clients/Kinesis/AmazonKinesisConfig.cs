using Recommendation.Aws.Clients;

namespace Amazon.Kinesis;

/// <summary>Configuration of <see cref="AmazonKinesisClient"/>; as in AWSSDK.Kinesis.</summary>
internal sealed class AmazonKinesisConfig() : ThinServiceConfig("Kinesis", "kinesis", "kinesis", "2013-12-02");
