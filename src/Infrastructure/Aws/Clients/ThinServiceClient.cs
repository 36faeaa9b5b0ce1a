using Amazon.Runtime;
using Amazon.Runtime.Internal;

namespace Recommendation.Aws.Clients;

/// <summary>
/// A client for a service of which the SDK's package can't be had: credentials, region, retries, signing and
/// <c>AWS_ENDPOINT_URL_*</c> are those of AWSSDK.Core; the derived class adds the operations
/// under their official names.
/// </summary>
internal abstract class ThinServiceClient : AmazonServiceClient
{
    protected ThinServiceClient(ThinServiceConfig config) : base(config)
    {
    }

    protected ThinServiceClient(AWSCredentials credentials, ThinServiceConfig config) : base(credentials, config)
    {
    }

    protected override void CustomizeRuntimePipeline(RuntimePipeline pipeline)
    {
        ArgumentNullException.ThrowIfNull(pipeline);
        pipeline.RemoveHandler<EndpointResolver>();
        pipeline.AddHandlerAfter<Marshaller>(new ServiceEndpointResolver());
        pipeline.AddHandlerAfter<Marshaller>(new SignatureV4Handler());
    }

    protected Task<TResponse> SendAsync<TRequest, TResponse>(
        TRequest request, ServiceOperation<TRequest, TResponse> operation, CancellationToken cancellationToken)
        where TRequest : AmazonWebServiceRequest
        where TResponse : AmazonWebServiceResponse, new() =>
        InvokeAsync<TResponse>(request, operation.Options, cancellationToken);
}
