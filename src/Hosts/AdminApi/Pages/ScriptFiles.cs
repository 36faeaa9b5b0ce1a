using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Recommendation.AdminApi.Pages;

/// <summary>The script for pages, which any site may load.</summary>
internal static class ScriptFiles
{
    private const string Prefix = "browser/";

    private static readonly string[] s_names = ["recommendation.js", "recommendation.mjs"];

    internal static void MapScript(this WebApplication app)
    {
        foreach (var name in s_names)
            app.MapGet("/" + name, Serve(name)).ExcludeFromDescription();
    }

    private static RequestDelegate Serve(string name)
    {
        using var stream = typeof(ScriptFiles).Assembly.GetManifestResourceStream(Prefix + name)
            ?? throw new InvalidOperationException($"The build lacks {name}.");
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        var tag = $"\"{Convert.ToHexStringLower(SHA256.HashData(bytes).AsSpan(0, 12))}\"";
        return context => WriteAsync(context, bytes, tag);
    }

    private static Task WriteAsync(HttpContext context, byte[] bytes, string tag)
    {
        var headers = context.Response.Headers;
        headers.ETag = tag;
        headers.CacheControl = "public, max-age=3600, stale-while-revalidate=86400";
        headers["Cross-Origin-Resource-Policy"] = "cross-origin";
        // A module of another site is fetched so. The file is public, and the same for everybody.
        headers.AccessControlAllowOrigin = "*";
        if (context.Request.Headers.IfNoneMatch.Contains(tag, StringComparer.Ordinal))
        {
            context.Response.StatusCode = StatusCodes.Status304NotModified;
            return Task.CompletedTask;
        }
        context.Response.ContentType = "text/javascript; charset=utf-8";
        context.Response.ContentLength = bytes.Length;
        return context.Response.Body.WriteAsync(bytes, context.RequestAborted).AsTask();
    }
}
