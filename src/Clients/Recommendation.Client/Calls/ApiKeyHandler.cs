using System.Net.Http.Headers;
using Microsoft.Extensions.Options;

namespace Recommendation.Client.Calls;

/// <summary>Sends the key, also a new one after the configuration was changed.</summary>
internal sealed class ApiKeyHandler(IOptionsMonitor<RecommendationClientOptions> options) : DelegatingHandler
{
    protected override Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (options.CurrentValue.ApiKey is { } key)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        return base.SendAsync(request, cancellationToken);
    }
}
