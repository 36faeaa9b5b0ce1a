using Recommendation.Aws.Clients;

namespace Amazon.StepFunctions;

/// <summary>Configuration of <see cref="AmazonStepFunctionsClient"/>; as in AWSSDK.StepFunctions.</summary>
internal sealed class AmazonStepFunctionsConfig() : ThinServiceConfig("SFN", "states", "states", "2016-11-23");
