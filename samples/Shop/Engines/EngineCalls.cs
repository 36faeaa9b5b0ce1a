using System.Text.Json.Nodes;

namespace Shop.Engines;

/// <summary>Calls of the API that set it up or show its figures; the client package has those of every page.</summary>
internal sealed class EngineCalls(HttpClient http)
{
    /// <returns>Null if there is no such thing, or the engine is away.</returns>
    internal async Task<JsonNode?> FindAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            using var answer = await http.GetAsync(new Uri(path, UriKind.Relative), cancellationToken);
            return answer.IsSuccessStatusCode
                ? await answer.Content.ReadFromJsonAsync<JsonNode>(cancellationToken)
                : null;
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }

    internal async Task<JsonNode> SendAsync(
        HttpMethod method, string path, string body, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, path)
        {
            Content = new StringContent(body, System.Text.Encoding.UTF8, "application/json"),
        };
        using var answer = await http.SendAsync(request, cancellationToken);
        var text = await answer.Content.ReadAsStringAsync(cancellationToken);
        return answer.IsSuccessStatusCode
            ? JsonNode.Parse(text)!
            : throw new InvalidOperationException($"{method} {path} answered {(int)answer.StatusCode}: {text}");
    }
}
