using System.Buffers;
using System.Buffers.Text;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Recommendation.AdminApi.Http;

namespace Recommendation.AdminApi.Users;

/// <summary>
/// A list with an entity tag of what it offers: a caller that has it already gets 304. The tag is weak, since two
/// answers that offer the same may differ in when they were ranked, and always differ in their recommendation ids.
/// </summary>
internal sealed class TaggedList(ListDocument list) : IResult, IEndpointMetadataProvider
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(list, ApiJson.Wire.ListDocument);
        var response = httpContext.Response;
        var tag = TagOf(body, list.LastUpdated);
        response.Headers.ETag = tag;
        response.Headers.CacheControl = "private, no-cache";
        if (
            httpContext.Request.Headers.IfNoneMatch is { Count: > 0 } known
            && known.ToString().Contains(tag[2..], StringComparison.Ordinal)
        )
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }
        response.ContentType = "application/json; charset=utf-8";
        response.ContentLength = body.Length;
        await response.Body.WriteAsync(body, httpContext.RequestAborted);
    }

    public static void PopulateMetadata(MethodInfo method, EndpointBuilder builder) =>
        builder.Metadata.Add(
            new ProducesResponseTypeMetadata(StatusCodes.Status200OK, typeof(ListDocument), ["application/json"])
        );

    /// <summary>A hash of the body without the time of ranking and the id, which follows it.</summary>
    private static string TagOf(ReadOnlySpan<byte> body, string lastUpdated)
    {
        Span<byte> time = stackalloc byte[64];
        time = time[..Encoding.ASCII.GetBytes(lastUpdated, time)];
        var at = body.IndexOf(time);
        var end = at + body[at..].IndexOf(",\"recommendations\":"u8);
        // Hashed in one piece: a hash that is fed piece by piece costs twice as much for a few kilobytes.
        var timeless = ArrayPool<byte>.Shared.Rent(body.Length);
        body[..at].CopyTo(timeless);
        body[end..].CopyTo(timeless.AsSpan(at));
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(timeless.AsSpan(0, body.Length - (end - at)), digest);
        ArrayPool<byte>.Shared.Return(timeless);
        return $"W/\"{Base64Url.EncodeToString(digest[..12])}\"";
    }
}
