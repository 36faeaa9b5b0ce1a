using System.Buffers;
using Microsoft.AspNetCore.Http;

namespace Recommendation.AdminApi.Http;

/// <summary>Reads a JSON body whole; its size is limited by the server.</summary>
internal static class RequestBody
{
    internal static async Task<ReadOnlyMemory<byte>> ReadAsync(HttpContext context, CancellationToken cancellationToken)
    {
        if (!context.Request.HasJsonContentType())
            throw new BadHttpRequestException("", StatusCodes.Status415UnsupportedMediaType);
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
