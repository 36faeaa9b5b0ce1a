using System.Net.Http.Json;
using System.Text.Json.Nodes;
using MediatR;
using Microsoft.Extensions.DependencyInjection;
using Recommendation.Application.Models;
using Recommendation.Application.Profiles;

namespace Recommendation.Dashboard.Tests.Server;

/// <summary>
/// A shop whose page sends impressions, clicks and purchases over HTTP for three days, with an experiment on two models
/// and a scenario beside the default lists. Its figures are those of the tests below.
/// </summary>
public sealed class FeedbackShop : IAsyncLifetime, IDisposable
{
    private const int Users = 260;
    private const int Items = 12;
    private const int Days = 3;
    private const string Settings = """{"events":{"types":{"purchase":{"revenue":true}}}}""";

    private DashboardServer? _server;
    private HttpClient? _client;

    internal Uri Address => _server!.Address;

    public async Task InitializeAsync()
    {
        _server = await DashboardServer.StartEmptyAsync(Settings);
        _client = new HttpClient { BaseAddress = _server.Address };
        var items = Enumerable.Range(0, Items).Select(item => $$"""{"itemId":"i{{item}}","title":"Lamp {{item}}"}""")
            .Append("""{"itemId":"=new","title":"=Never <b>shown</b>"}""");
        await SendAsync(HttpMethod.Put, "v1/items", JsonNode.Parse($"[{string.Join(',', items)}]")!);
        await PostAsync("v1/interactions", [.. Enumerable.Range(0, Users).SelectMany(Seen)], 400);
        var first = await TrainAsync();
        await TrainAsync();
        await SendAsync(HttpMethod.Post, "v1/experiments", JsonNode.Parse(
            $$"""
            {"name":"older-model","why":"a try","effect":0.5,
            "variants":[{"name":"b","share":0.5,"model":"{{first}}"}]}
            """)!);
        await SendAsync(HttpMethod.Put, "v1/scenarios/basket", JsonNode.Parse("""{"n":2}""")!);
        for (var day = 0; day < Days; day++)
        {
            await LiveAsync(first, day);
            if (day < Days - 1)
                _server.Time.Advance(TimeSpan.FromDays(1));
        }
    }

    public async Task DisposeAsync()
    {
        if (_server is not null)
            await _server.DisposeAsync();
    }

    public void Dispose() => _client?.Dispose();

    internal async Task<JsonNode> GetAsync(string path) => (await _client!.GetFromJsonAsync<JsonNode>(path))!;

    private static IEnumerable<JsonNode> Seen(int user) => Enumerable.Range(0, 3).Select(n => JsonNode.Parse(
        $$"""{"userId":"u{{user}}","itemId":"i{{((user % 5) + (n * 2)) % Items}}","interactionType":"view"}""")!);

    private async Task<string> TrainAsync()
    {
        await using var scope = _server!.Services.CreateAsyncScope();
        var mediator = scope.ServiceProvider.GetRequiredService<IMediator>();
        await mediator.Send(new CatchUpProfiles("local"));
        await mediator.Send(new TrainModel(Fast: true, Force: true));
        _server.Time.Advance(TimeSpan.FromSeconds(2));
        return (await GetAsync("v1/models"))["current"]!.GetValue<string>();
    }

    /// <summary>A day: users of the older model click on every second list, the others on every fourth.</summary>
    private async Task LiveAsync(string first, int day)
    {
        var (impressions, events) = (new List<JsonNode>(), new List<JsonNode>());
        for (var user = 0; user < Users; user++)
        {
            var list = await GetAsync($"v1/users/u{user}/recommendations?n=3");
            var isOlder = list["modelVersion"]?.GetValue<string>() == first;
            See(list, user, impressions);
            if ((user + day) % (isOlder ? 2 : 4) == 0)
                events.Add(Event(list, user, "click", ""));
            if (user % 10 == 0)
                events.Add(Bought(list, user, user == 0 ? "5" : "10.5", user == 0 ? "USD" : "EUR"));
            if (user % 13 == 0)
            {
                var asked = JsonNode.Parse($$"""{"scenario":"basket","userId":"u{{user}}"}""")!;
                var basket = await SendAsync(HttpMethod.Post, "v1/recommendations", asked);
                See(basket, user, impressions);
                events.Add(Bought(basket, user, "3", "EUR"));
            }
        }
        await PostAsync("v1/impressions", impressions, 100);
        await PostAsync("v1/interactions", events, 400);
    }

    private static string ItemOf(JsonNode list, int index) =>
        list["recommendations"]![index]!["itemId"]!.GetValue<string>();

    private static void See(JsonNode list, int user, List<JsonNode> impressions)
    {
        var items = string.Join(',', list["recommendations"]!.AsArray().Select(one => one!["itemId"]!.ToJsonString()));
        impressions.Add(JsonNode.Parse(
            $$"""{"recommendationId":"{{IdOf(list)}}","userId":"u{{user}}","items":[{{items}}]}""")!);
    }

    private static string IdOf(JsonNode list) => list["recommendationId"]!.GetValue<string>();

    private static JsonNode Bought(JsonNode list, int user, string value, string currency) =>
        Event(list, user, "purchase", $$""","value":{{value}},"currency":"{{currency}}" """);

    private static JsonNode Event(JsonNode list, int user, string type, string more) => JsonNode.Parse(
        $$"""
        {"userId":"u{{user}}","itemId":"{{ItemOf(list, 0)}}","interactionType":"{{type}}",
        "recommendationId":"{{IdOf(list)}}"{{more}}}
        """)!;

    private async Task PostAsync(string path, IReadOnlyList<JsonNode> elements, int atOnce)
    {
        foreach (var chunk in elements.Chunk(atOnce))
            await SendAsync(HttpMethod.Post, path, new JsonArray([.. chunk]));
    }

    private async Task<JsonNode> SendAsync(HttpMethod method, string path, JsonNode body)
    {
        using var request = new HttpRequestMessage(method, path) { Content = JsonContent.Create(body) };
        using var answer = await _client!.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, text);
        return JsonNode.Parse(text)!;
    }
}
