using Amazon.CDK;
using Recommendation.Deploy.Functions;

namespace Recommendation.Deploy;

/// <summary>What the stack is made from.</summary>
internal sealed class RecommendationStackProps : StackProps
{
    /// <summary>
    /// The part of the names that tells environments apart; null takes it from the context, else <c>dev</c>.
    /// </summary>
    public string? EnvironmentSuffix { get; init; }

    /// <summary>Settings that the context gives.</summary>
    public required IReadOnlyDictionary<string, string> Context { get; init; }

    public required FunctionAssets Assets { get; init; }
}
