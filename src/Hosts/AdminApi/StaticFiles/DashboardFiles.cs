using System.Collections.Frozen;
using System.Reflection;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Recommendation.AdminApi.StaticFiles;

/// <summary>The dashboard: the files of its build, held in this assembly.</summary>
internal static class DashboardFiles
{
    /// <summary>Nothing from elsewhere, nothing inline, and no text that becomes markup.</summary>
    internal const string ContentSecurityPolicy =
        "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self'; connect-src "
            + "'self'; base-uri 'none'; "
        + "form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'";

    private const string Prefix = "dashboard/";
    private const string Index = "index.html";

    private static readonly FrozenDictionary<string, StaticFile> s_files = Load(typeof(DashboardFiles).Assembly);

    internal static void MapDashboard(this WebApplication app)
    {
        app.MapGet("/", Serve(Index)).ExcludeFromDescription();
        foreach (var path in s_files.Keys)
            app.MapGet("/" + path, Serve(path)).ExcludeFromDescription();
    }

    private static RequestDelegate Serve(string path) => context => s_files.TryGetValue(path, out var file)
        ? file.WriteAsync(context)
        : throw Http.ApiProblem.Missing("The dashboard is not part of this build.");

    private static FrozenDictionary<string, StaticFile> Load(Assembly assembly) =>
        assembly
            .GetManifestResourceNames()
            .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
            .ToFrozenDictionary(
                name => name[Prefix.Length..].Replace('\\', '/'),
                name => StaticFile.Read(assembly, name),
                StringComparer.Ordinal
            );
}

/// <summary>A file held in memory.</summary>
internal sealed record StaticFile(byte[] Bytes, string MediaType, string Tag, bool IsHashed)
{
    internal static StaticFile Read(Assembly assembly, string resource)
    {
        using var stream = assembly.GetManifestResourceStream(resource)!;
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        // The build gives files in assets/ names that hold their content's hash.
        return new StaticFile(
            bytes,
            TypeOf(Path.GetExtension(resource)),
            $"\"{Convert.ToHexStringLower(SHA256.HashData(bytes).AsSpan(0, 12))}\"",
            resource.Contains("/assets/", StringComparison.Ordinal)
        );
    }

    internal Task WriteAsync(HttpContext context)
    {
        var headers = context.Response.Headers;
        headers.ETag = Tag;
        headers.CacheControl = IsHashed ? "public, max-age=31536000, immutable" : "no-cache";
        headers.ContentSecurityPolicy = DashboardFiles.ContentSecurityPolicy;
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        if (context.Request.Headers.IfNoneMatch.Contains(Tag, StringComparer.Ordinal))
        {
            context.Response.StatusCode = StatusCodes.Status304NotModified;
            return Task.CompletedTask;
        }
        context.Response.ContentType = MediaType;
        context.Response.ContentLength = Bytes.Length;
        return context.Response.Body.WriteAsync(Bytes, context.RequestAborted).AsTask();
    }

    private static string TypeOf(string extension) => extension switch
    {
        ".html" => "text/html; charset=utf-8",
        ".js" => "text/javascript; charset=utf-8",
        ".css" => "text/css; charset=utf-8",
        ".json" or ".map" => "application/json",
        ".svg" => "image/svg+xml",
        ".png" => "image/png",
        ".ico" => "image/x-icon",
        ".woff2" => "font/woff2",
        ".webmanifest" => "application/manifest+json",
        _ => "application/octet-stream",
    };
}
