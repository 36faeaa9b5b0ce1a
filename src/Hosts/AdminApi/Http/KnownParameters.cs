using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;

namespace Recommendation.AdminApi.Http;

/// <summary>
/// Refuses query parameters that a route does not have: a mistyped one would be ignored, and the
/// answer would look right.
/// </summary>
internal sealed class KnownParameters(RequestDelegate next)
{
    private static readonly ConditionalWeakTable<Endpoint, HashSet<string>> s_known = [];

    private static readonly HashSet<Type> s_types = [typeof(string), typeof(string[]), typeof(int?), typeof(bool?)];

    public Task InvokeAsync(HttpContext context)
    {
        // Files of the dashboard have no name, and are the same whatever is asked for.
        if (
            context.Request.QueryString.HasValue
            && context.GetEndpoint() is RouteEndpoint route
            && route.Metadata.GetMetadata<IEndpointNameMetadata>() is not null
        )
            Require(context.Request.Query.Keys, s_known.GetValue(route, KnownOf));
        return next(context);
    }

    private static void Require(IEnumerable<string> given, HashSet<string> known)
    {
        if (given.FirstOrDefault(name => !known.Contains(name)) is not { } unknown)
            return;
        var name = unknown.Length <= 40 ? unknown : unknown[..40] + "…";
        throw ApiProblem.Wrong(
            known.Count == 0
                ? $"There is no query parameter '{name}': this route takes none."
                : $"There is no query parameter '{name}': this route takes "
                    + $"{string.Join(", ", known.Order(StringComparer.Ordinal))}."
        );
    }

    private static HashSet<string> KnownOf(Endpoint endpoint)
    {
        var inPath = ((RouteEndpoint)endpoint).RoutePattern.Parameters.Select(parameter => parameter.Name);
        return endpoint
            .Metadata.GetOrderedMetadata<IParameterBindingMetadata>()
            .Where(parameter => s_types.Contains(parameter.ParameterInfo.ParameterType))
            .Select(parameter => parameter.Name)
            .Except(inPath, StringComparer.OrdinalIgnoreCase)
            .ToHashSet(StringComparer.OrdinalIgnoreCase);
    }
}
