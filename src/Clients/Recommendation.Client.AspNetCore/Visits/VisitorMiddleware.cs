using Microsoft.AspNetCore.Http;

namespace Recommendation.Client.AspNetCore.Visits;

/// <summary>Merges the visitor's id at the first request after a login.</summary>
internal sealed class VisitorMiddleware(RequestDelegate next, Visitors visitors)
{
    public async Task InvokeAsync(HttpContext context)
    {
        var visit = visitors.Begin(context);
        if (visitors.UserOf(context) is { } user && (visit.Cookie is not null || IsPage(context.Request)))
            await visitors.MergeAsync(context, user, context.RequestAborted);
        await next(context);
    }

    /// <summary>Whether a browser without an id is given one: its pictures and scripts come without one, too.</summary>
    private static bool IsPage(HttpRequest request) =>
        HttpMethods.IsGet(request.Method)
        && request.Headers.Accept.Any(one => one?.Contains("text/html", StringComparison.OrdinalIgnoreCase) == true);
}
