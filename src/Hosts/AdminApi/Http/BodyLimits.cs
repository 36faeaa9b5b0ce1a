using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Recommendation.AdminApi.Http;

/// <summary>
/// Checks a body before it is read: its character set, and that not too many large ones are in memory at once. Those
/// that find no room wait, unread; when many wait, the next is refused with 503.
/// </summary>
internal sealed class BodyLimits : IDisposable
{
    /// <summary>Bodies up to this size are not counted.</summary>
    internal const int SmallBytes = 64 * 1024;

    /// <summary>How many bytes of large bodies are read at once, at least one of the largest.</summary>
    internal const long BytesAtOnce = 16 * 1024 * 1024;

    private const int Unit = 1024;
    private const int WaitingToReading = 8;

    private readonly RequestDelegate _next;
    private readonly long _largest;
    private readonly ConcurrencyLimiter _room;

    public BodyLimits(RequestDelegate next, AdminApiOptions options)
    {
        _next = next;
        _largest = options.MaximumBodyBytes;
        var units = UnitsOf(Math.Max(BytesAtOnce, _largest));
        _room = new ConcurrencyLimiter(new ConcurrencyLimiterOptions
        {
            PermitLimit = units,
            QueueLimit = units * WaitingToReading,
            QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
        });
    }

    public async Task InvokeAsync(HttpContext context)
    {
        RequireUtf8(context.Request);
        // A chunked body does not say its length, and a packed one not what it unpacks to.
        var length =
            context.Request.Headers.ContentEncoding.Count > 0
                ? _largest
                : context.Request.ContentLength ?? (context.Request.Headers.TransferEncoding.Count > 0 ? _largest : 0);
        if (length <= SmallBytes || length > _largest)
        {
            await _next(context);
            return;
        }
        using var room = await _room.AcquireAsync(UnitsOf(length), context.RequestAborted);
        if (!room.IsAcquired)
        {
            throw new ApiProblem(
                StatusCodes.Status503ServiceUnavailable,
                "busy",
                "Too many large bodies are being read. Send this one again in a moment."
            )
            {
                RetryAfterSeconds = 1,
            };
        }
        await _next(context);
    }

    public void Dispose() => _room.Dispose();

    private static void RequireUtf8(HttpRequest request)
    {
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type) || !type.Charset.HasValue)
            return;
        var charset = HeaderUtilities.RemoveQuotes(type.Charset).ToString();
        if (charset.Length > 0 && !charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase))
        {
            var name = new string([.. charset.Where(one => one is > ' ' and <= '~').Take(40)]);
            throw new ApiProblem(
                StatusCodes.Status415UnsupportedMediaType,
                "wrong-charset",
                $"The character set '{name}' is not read here. Send the body as UTF-8."
            );
        }
        // The framework does not know a quoted name.
        request.ContentType = type.MediaType.ToString();
    }

    private static int UnitsOf(long length) => (int)((length + Unit - 1) / Unit);
}
