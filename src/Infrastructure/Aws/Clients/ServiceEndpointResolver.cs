using Amazon.Runtime;
using Amazon.Runtime.Internal;

namespace Recommendation.Aws.Clients;

/// <summary>Puts the endpoint of the configuration into the request.</summary>
internal sealed class ServiceEndpointResolver : BaseEndpointResolver
{
    // GetEndpoint needs the rule sets that only generated clients carry; so this is set one level higher.
    public override void ProcessRequestHandlers(IExecutionContext executionContext)
    {
        var context = executionContext.RequestContext;
        context.Request.Endpoint = new Uri(((ThinServiceConfig)context.ClientConfig).Url());
        if (!string.IsNullOrEmpty(context.ClientConfig.AuthenticationRegion))
            context.Request.AuthenticationRegion = context.ClientConfig.AuthenticationRegion;
    }
}
