using System.Buffers;
using Microsoft.AspNetCore.Http;

namespace Recommendation.AdminApi.Http;

/// <summary>Reads a body whole; its size is limited by the server.</summary>
internal static class RequestBody
{
    internal static Task<byte[]> ReadJsonAsync(HttpContext context, CancellationToken cancellationToken) =>
        context.Request.HasJsonContentType()
            ? ReadAllAsync(context, cancellationToken)
            : throw new BadHttpRequestException("", StatusCodes.Status415UnsupportedMediaType);

    internal static async Task<byte[]> ReadAllAsync(HttpContext context, CancellationToken cancellationToken)
    {
        var reader = context.Request.BodyReader;
        while (true)
        {
            var read = await reader.ReadAsync(cancellationToken);
            if (read.IsCompleted)
            {
                var body = read.Buffer.ToArray();
                reader.AdvanceTo(read.Buffer.End);
                return body;
            }
            reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }
}
