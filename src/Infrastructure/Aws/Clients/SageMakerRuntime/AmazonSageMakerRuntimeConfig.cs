using Recommendation.Aws.Clients;

namespace Amazon.SageMakerRuntime;

/// <summary>Configuration of <see cref="AmazonSageMakerRuntimeClient"/>; as in AWSSDK.SageMakerRuntime.</summary>
internal sealed class AmazonSageMakerRuntimeConfig()
    : ThinServiceConfig("SageMaker Runtime", "runtime.sagemaker", "sagemaker", "2017-05-13");
