using Amazon.Runtime;
using Amazon.Runtime.Internal;

namespace Recommendation.Aws.DynamoDb.Direct;

/// <summary>
/// Where the SDK sent a request and what it signed it with. All of it is the SDK's own decision: settings, profiles,
/// discovery and the credential chain are not read a second time.
/// </summary>
/// <param name="Credentials">Asked before each request, so that they are refreshed as the SDK refreshes them.</param>
internal sealed record DirectRoute(Uri Endpoint, string Region, AWSCredentials Credentials)
{
    private const string SignatureV4 = "aws.auth#sigv4";

    /// <summary>The name of the endpoint under which the SDK keeps what it knows of the clocks' difference.</summary>
    internal string Name { get; } = Endpoint.ToString();

    /// <summary>The <c>Host</c> header.</summary>
    internal string Host { get; } = Endpoint.IsDefaultPort ? Endpoint.Host : Endpoint.Authority;

    /// <returns>Null where the request went another way than a signed POST to the root of a host.</returns>
    internal static DirectRoute? Of(IRequestContext context) =>
        context
            is
        {
            Request: { Endpoint: { AbsolutePath: "/" } endpoint, DeterminedSigningRegion: { Length: > 0 } region },
            Identity: AWSCredentials credentials
        }
        && string.Equals(context.Request.ChosenAuthScheme?.SchemeId, SignatureV4, StringComparison.Ordinal)
            ? new DirectRoute(endpoint, region, credentials) : null;
}

/// <summary>Stands behind the SDK's signer, where all is decided, and remembers it.</summary>
internal sealed class RouteObserver : PipelineHandler
{
    private volatile DirectRoute? _latest;

    /// <summary>The way of the latest request; null before the first.</summary>
    internal DirectRoute? Latest => _latest;

    public override Task<T> InvokeAsync<T>(IExecutionContext executionContext)
    {
        ArgumentNullException.ThrowIfNull(executionContext);
        var route = DirectRoute.Of(executionContext.RequestContext);
        if (route != _latest)
            _latest = route;
        return base.InvokeAsync<T>(executionContext);
    }
}

/// <summary>
/// Counts a first attempt that was made without the SDK as one of its own, so that it makes one fewer.
/// </summary>
internal sealed class FirstAttemptCounter : PipelineHandler
{
    public override Task<T> InvokeAsync<T>(IExecutionContext executionContext)
    {
        ArgumentNullException.ThrowIfNull(executionContext);
        if (executionContext.RequestContext.Options is DirectInvocation { IsRetry: true })
            executionContext.RequestContext.Retries = 1;
        return base.InvokeAsync<T>(executionContext);
    }
}
