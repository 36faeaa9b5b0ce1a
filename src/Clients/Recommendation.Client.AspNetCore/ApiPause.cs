using System.Net;
using Microsoft.Extensions.Options;

namespace Recommendation.Client.AspNetCore;

/// <summary>
/// Whether pages ask the API now. After it did not answer they do not for a while, so that only one page in many waits
/// for an API that is away.
/// </summary>
internal sealed class ApiPause(IOptions<RecommendationPageOptions> options, TimeProvider time)
{
    private long _until;

    internal bool IsOn => time.GetUtcNow().Ticks < Volatile.Read(ref _until);

    internal void Begin() => Volatile.Write(ref _until, (time.GetUtcNow() + options.Value.Pause).Ticks);

    /// <summary>Whether the API is away or overloaded; otherwise it refused this one call.</summary>
    internal static bool IsAway(RecommendationApiException problem) => problem.Status is null
        or HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests
        or >= HttpStatusCode.InternalServerError;
}
