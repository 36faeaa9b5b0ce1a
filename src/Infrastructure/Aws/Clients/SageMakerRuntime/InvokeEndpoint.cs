using Amazon.Runtime;

namespace Amazon.SageMakerRuntime.Model;

/// <summary>A question to an endpoint.</summary>
internal sealed class InvokeEndpointRequest : AmazonWebServiceRequest
{
    public required string EndpointName { get; init; }

    public required ReadOnlyMemory<byte> Body { get; init; }

    public string ContentType { get; init; } = "application/json";

    public string Accept { get; init; } = "application/json";
}

/// <summary>The container's answer.</summary>
internal sealed class InvokeEndpointResponse : AmazonWebServiceResponse
{
    public ReadOnlyMemory<byte> Body { get; init; }

    public string? ContentType { get; init; }

    public string? InvokedProductionVariant { get; init; }
}
