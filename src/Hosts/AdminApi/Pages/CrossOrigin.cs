using Microsoft.AspNetCore.Http;
using Recommendation.AdminApi.Security;

namespace Recommendation.AdminApi.Pages;

/// <summary>
/// Cross-origin resource sharing, for the browser's routes and for the origins that browser keys name. While there is
/// no such key no page of another site can read an answer, and of the other routes none ever can.
/// </summary>
internal sealed class CrossOrigin(RequestDelegate next, KeyRing keys)
{
    private const string Routes = "/v1/browser";
    private const string PreflightSeconds = "600";

    public Task InvokeAsync(HttpContext context)
    {
        if (!context.Request.Path.StartsWithSegments(Routes, StringComparison.Ordinal))
            return next(context);
        var origin = context.Request.Headers.Origin.ToString();
        var isKnown = keys.KnowsOrigin(origin);
        // When the answer starts: one that is begun anew to say what is wrong has the headers, too.
        context.Response.OnStarting(() =>
        {
            context.Response.Headers.Vary = "Origin";
            if (isKnown)
                context.Response.Headers.AccessControlAllowOrigin = origin;
            return Task.CompletedTask;
        });
        if (!isKnown || !HttpMethods.IsOptions(context.Request.Method))
            return next(context);
        var headers = context.Response.Headers;
        headers.AccessControlAllowMethods = HttpMethods.Post;
        headers.AccessControlAllowHeaders = "Content-Type";
        headers.AccessControlMaxAge = PreflightSeconds;
        context.Response.StatusCode = StatusCodes.Status204NoContent;
        return Task.CompletedTask;
    }
}
