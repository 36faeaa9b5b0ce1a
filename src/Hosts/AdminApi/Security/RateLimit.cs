using System.Collections.Concurrent;
using Microsoft.AspNetCore.Http;
using Recommendation.AdminApi.Http;

namespace Recommendation.AdminApi.Security;

/// <summary>A bucket of requests for each caller: it holds two seconds' worth, and refills steadily.</summary>
/// <remarks>
/// Not ASP.NET Core's limiter: its buckets fill by the machine's clock alone, so that a limit could be tested only by
/// waiting for it.
/// </remarks>
internal sealed class RateLimit(RequestDelegate next, AdminApiOptions options, TimeProvider time)
{
    private const int BurstSeconds = 2;

    private readonly ConcurrentDictionary<string, Bucket> _buckets = new(StringComparer.Ordinal);

    public Task InvokeAsync(HttpContext context)
    {
        var caller = Caller.Of(context);
        var limit =
            options.RequestsPerSecond
            ?? (ReferenceEquals(caller, Caller.Local) ? 0 : AdminApiOptions.DefaultRequestsPerSecond);
        if (limit > 0 && NeededRole.Of(context) is not null)
            Take(caller, limit);
        return next(context);
    }

    private void Take(Caller caller, int limit)
    {
        var bucket = _buckets.GetOrAdd(
            caller.Id,
            static (_, start) => start,
            new Bucket(limit * BurstSeconds, time.GetTimestamp())
        );
        if (!bucket.TryTake(limit, time))
        {
            throw new ApiProblem(
                StatusCodes.Status429TooManyRequests,
                "too-many",
                $"This caller may ask {limit} times a second; wait a moment."
            )
            {
                RetryAfterSeconds = 1,
            };
        }
    }

    private sealed class Bucket(double tokens, long filledAt)
    {
        private readonly Lock _gate = new();
        private double _tokens = tokens;
        private long _filledAt = filledAt;

        internal bool TryTake(int perSecond, TimeProvider time)
        {
            lock (_gate)
            {
                var now = time.GetTimestamp();
                _tokens = Math.Min(
                    perSecond * BurstSeconds,
                    _tokens + (time.GetElapsedTime(_filledAt, now).TotalSeconds * perSecond)
                );
                _filledAt = now;
                if (_tokens < 1)
                    return false;
                _tokens--;
                return true;
            }
        }
    }
}
