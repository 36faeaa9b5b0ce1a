using System.Net;
using System.Text;

namespace Recommendation.Benchmarks.Api;

/// <summary>Sends requests to a server that is killed now and then: one without an answer is sent again.</summary>
internal sealed class PatientClient(HttpClient client)
{
    private int _done;
    private int _repeated;

    /// <summary>How many requests were answered.</summary>
    internal int Done => Volatile.Read(ref _done);

    /// <summary>How many were sent again.</summary>
    internal int Repeated => Volatile.Read(ref _repeated);

    internal Task PostAsync(string path, string json, CancellationToken cancellationToken) =>
        SendAsync(
            HttpMethod.Post,
            path,
            () => new StringContent(json, Encoding.UTF8, "application/json"),
            cancellationToken
        );

    internal Task<string> GetAsync(string path, CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Get, path, () => null, cancellationToken);

    private async Task<string> SendAsync(
        HttpMethod method, string path, Func<HttpContent?> content, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                using var request = new HttpRequestMessage(method, new Uri(path, UriKind.Relative));
                request.Content = content();
                using var response = await client.SendAsync(request, cancellationToken);
                var answer = await response.Content.ReadAsStringAsync(cancellationToken);
                if (response.IsSuccessStatusCode)
                {
                    Interlocked.Increment(ref _done);
                    return answer;
                }
                if (response.StatusCode is not (HttpStatusCode.ServiceUnavailable or HttpStatusCode.TooManyRequests))
                    throw new InvalidOperationException($"{path}: {answer}");
            }
            catch (HttpRequestException)
            {
                // The server was killed.
            }
            Interlocked.Increment(ref _repeated);
            await Task.Delay(20, cancellationToken);
        }
    }
}
