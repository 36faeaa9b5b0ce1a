using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Recommendation.AdminApi.Http;

/// <summary>
/// Refuses paths with a segment <c>.</c> or <c>..</c>. The server would resolve them, and <c>users/./export</c> would
/// be the user "export".
/// </summary>
internal sealed class DotSegments(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext context)
    {
        var path = (context.Features.Get<IHttpRequestFeature>()?.RawTarget ?? "").AsSpan();
        if (path.IndexOf('?') is >= 0 and var query)
            path = path[..query];
        foreach (var segment in path.Split('/'))
        {
            if (IsDots(path[segment]))
                throw ApiProblem.Wrong(
                    "The path has a segment '.' or '..'. Write an id that is '.' as %252E, and one that is '..' as "
                        + "%252E%252E."
                );
        }
        return next(context);
    }

    private static bool IsDots(ReadOnlySpan<char> segment) =>
        segment.Length is > 0 and <= 6 && Uri.UnescapeDataString(segment) is "." or "..";
}
