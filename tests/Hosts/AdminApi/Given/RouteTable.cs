using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Recommendation.AdminApi.Security;

namespace Recommendation.AdminApi.Tests.Given;

/// <summary>The routes as they are mapped.</summary>
internal static class RouteTable
{
    /// <summary>The routes under <c>/v1</c>.</summary>
    internal static IReadOnlyList<(string Method, string Pattern, Role? Role)> Of(WebApplication app) =>
    [
        .. from source in ((IEndpointRouteBuilder)app).DataSources
           from endpoint in source.Endpoints.OfType<RouteEndpoint>()
           let pattern = "/" + endpoint.RoutePattern.RawText!.TrimStart('/')
           where pattern.StartsWith("/v1/", StringComparison.Ordinal)
           from method in endpoint.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods
           select (method, pattern, endpoint.Metadata.GetMetadata<NeededRole>()?.Role),
    ];
}
