using System.Globalization;
using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Amazon.SageMakerRuntime.Model;
using Recommendation.Aws.Clients;

namespace Amazon.SageMakerRuntime;

/// <summary>Invokes an endpoint, under the names of AWSSDK.SageMakerRuntime.</summary>
internal sealed class AmazonSageMakerRuntimeClient : ThinServiceClient
{
    private static readonly ServiceOperation<InvokeEndpointRequest, InvokeEndpointResponse> s_invokeEndpoint = new(
        Write,
        Read
    );

    internal AmazonSageMakerRuntimeClient() : this(new AmazonSageMakerRuntimeConfig())
    {
    }

    internal AmazonSageMakerRuntimeClient(AmazonSageMakerRuntimeConfig config) : base(config)
    {
    }

    internal AmazonSageMakerRuntimeClient(AWSCredentials credentials, AmazonSageMakerRuntimeConfig config)
        : base(credentials, config) { }

    internal Task<InvokeEndpointResponse> InvokeEndpointAsync(
        InvokeEndpointRequest request,
        CancellationToken cancellationToken = default
    ) => SendAsync(request, s_invokeEndpoint, cancellationToken);

    private static DefaultRequest Write(InvokeEndpointRequest request)
    {
        var marshalled = new DefaultRequest(request, "Amazon.SageMakerRuntime")
        {
            HttpMethod = "POST",
            ResourcePath = "/endpoints/{EndpointName}/invocations",
            Content = request.Body.ToArray(),
        };
        marshalled.AddPathResource("{EndpointName}", request.EndpointName);
        marshalled.Headers["Content-Type"] = request.ContentType;
        marshalled.Headers["Accept"] = request.Accept;
        marshalled.Headers["Content-Length"] = request.Body.Length.ToString(CultureInfo.InvariantCulture);
        return marshalled;
    }

    private static InvokeEndpointResponse Read(ServiceAnswer answer) => new()
    {
        Body = answer.Body,
        ContentType = answer.Header("Content-Type"),
        InvokedProductionVariant = answer.Header("x-Amzn-Invoked-Production-Variant"),
    };
}
