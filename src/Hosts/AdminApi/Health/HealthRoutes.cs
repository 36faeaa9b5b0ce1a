using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Http;
using Recommendation.AdminApi.Http;

namespace Recommendation.AdminApi.Health;

/// <summary>Whether it lives, and whether it can work.</summary>
internal static class HealthRoutes
{
    internal static JsonHttpResult<HealthDocument> Live() => TypedResults.Json(new HealthDocument("ok", []), ApiJson.Default.HealthDocument);
}

/// <summary>How it is.</summary>
/// <param name="Status"><c>ok</c> or <c>failed</c>.</param>
internal sealed record HealthDocument(string Status, IReadOnlyList<DependencyDocument> Dependencies);

/// <summary>How a dependency is.</summary>
/// <param name="Problem">What is wrong with it; null where nothing is.</param>
internal sealed record DependencyDocument(string Name, string Status, string? Problem);
