using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Recommendation.AdminApi.Security;

namespace Recommendation.AdminApi.OpenApi;

/// <summary>How the route table describes a route.</summary>
internal static class RouteDescription
{
    /// <summary>The role that a key needs.</summary>
    internal static RouteHandlerBuilder For(this RouteHandlerBuilder route, Role role) => route.WithMetadata(new NeededRole(role));

    internal static RouteHandlerBuilder Says(this RouteHandlerBuilder route, string summary) => route.WithSummary(summary);
}
