using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Recommendation.AdminApi.Security;

namespace Recommendation.AdminApi.OpenApi;

/// <summary>How the route table describes a route.</summary>
internal static class RouteDescription
{
    /// <summary>The role that a key needs.</summary>
    internal static RouteHandlerBuilder For(this RouteHandlerBuilder route, Role role) =>
        route.WithMetadata(new NeededRole(role));

    /// <param name="route">The route.</param>
    /// <param name="operation">What generated clients call the method.</param>
    /// <param name="summary">What it does, as a sentence.</param>
    internal static RouteHandlerBuilder Says(this RouteHandlerBuilder route, string operation, string summary) =>
        route.WithName(operation).WithSummary(summary);

    /// <summary>The body is an array of <typeparamref name="T"/>, which the route reads itself.</summary>
    internal static RouteHandlerBuilder TakesMany<T>(this RouteHandlerBuilder route, int atMost) =>
        route.WithMetadata(new ReadBody(typeof(T), atMost));
}

/// <summary>
/// The elements of a body that a route reads itself. The framework's own metadata would also choose among routes by
/// media type.
/// </summary>
internal sealed record ReadBody(Type Element, int AtMost);
