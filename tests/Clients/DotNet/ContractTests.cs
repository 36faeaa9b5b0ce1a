using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Recommendation.Client;
using Recommendation.Client.Calls;
using Recommendation.Clients.Tests.DotNet.Given;

namespace Recommendation.Clients.Tests.DotNet;

/// <summary>The client is written by hand: these tests hold it against the API's description of itself.</summary>
public sealed class ContractTests(Server server) : IClassFixture<Server>
{
    private readonly JsonObject _document = JsonNode.Parse(server.Description)!.AsObject();

    [Fact]
    public async Task Every_call_has_a_path_a_method_and_parameters_of_the_description()
    {
        var api = new StubApi(_ => StubApi.Problem(System.Net.HttpStatusCode.NotFound, "not-found"));
        await using var program = new ClientProgram(new Uri("http://recommend.example"), api: api);
        foreach (var call in Calls(program.Client))
            await Assert.ThrowsAsync<RecommendationApiException>(call);

        Assert.Equal(Calls(program.Client).Count, api.Calls.Count);
        foreach (var call in api.Calls)
        {
            var operation = Operation(call);
            Assert.True(operation is not null, $"{call.Method} {call.Address.AbsolutePath} is not in the description.");
            var known = (operation["parameters"]?.AsArray() ?? [])
                .Where(one => one!["in"]!.GetValue<string>() == "query")
                .Select(one => one!["name"]!.GetValue<string>());
            var used = Regex.Matches(
                call.Address.Query, "[?&](?<name>[^=]+)=", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1));
            Assert.Subset(known.ToHashSet(), used.Select(one => one.Groups["name"].Value).ToHashSet());
        }
    }

    [Theory]
    [InlineData(typeof(RecommendationEvent), "EventBody", true)]
    [InlineData(typeof(SentEvents), "AppendedDocument", true)]
    [InlineData(typeof(EventResult), "EventResultDocument", true)]
    [InlineData(typeof(Impressions), "ImpressionBody", true)]
    [InlineData(typeof(SentImpressions), "AppendedImpressionsDocument", true)]
    [InlineData(typeof(RecommendationList), "ListDocument", false)]
    [InlineData(typeof(RecommendedItem), "ListedItemDocument", true)]
    [InlineData(typeof(TitledItem), "TitledDocument", true)]
    [InlineData(typeof(ListRequest), "RecommendBody", true)]
    [InlineData(typeof(SessionEvent), "SessionEvent", true)]
    [InlineData(typeof(SimilarRequest), "SimilarBody", true)]
    [InlineData(typeof(CatalogItem), "ItemBody", true)]
    [InlineData(typeof(CatalogItem), "ItemDocument", true)]
    [InlineData(typeof(CatalogPage), "ItemsDocument", true)]
    [InlineData(typeof(ImportedItems), "ImportedItemsDocument", true)]
    [InlineData(typeof(UserProfile), "UserDocument", false)]
    [InlineData(typeof(RecentInteraction), "RecentItemDocument", true)]
    [InlineData(typeof(UserAttributes), "UserAttributesDocument", true)]
    [InlineData(typeof(ProblemDocument), "ProblemDocument", false)]
    public void Members_are_those_of_the_description(Type type, string schema, bool all)
    {
        var described = _document["components"]!["schemas"]![schema]!["properties"]!.AsObject()
            .Select(property => property.Key).ToHashSet();
        var members = ClientJson.Default.GetTypeInfo(type)!.Properties.Select(property => property.Name).ToHashSet();
        Assert.Subset(described, members);
        if (all)
            Assert.Equal(described.Order(StringComparer.Ordinal), members.Order(StringComparer.Ordinal));
    }

    private static List<Func<Task>> Calls(RecommendationClient client)
    {
        string[] items = ["tea", "a,b"];
        var values = new Dictionary<string, AttributeValue>(StringComparer.Ordinal) { ["colour"] = "red" };
        return
        [
            () => client.Events.SendAsync(new RecommendationEvent { UserId = "ann", ItemId = "tea" }),
            () => client.Events.SendImpressionsAsync(new Impressions("ann", items)),
            () => client.Lists.ForUserAsync("ann", new UserListOptions
            {
                Count = 5,
                Exclude = items,
                Categories = ["hot"],
                Scenario = "home",
                Explain = false,
                Preview = true,
                Fields = ["price"],
                Cursor = "c",
            }),
            () => client.Lists.RequestAsync(new ListRequest()),
            () => client.Lists.SimilarToAsync("tea", new SimilarListOptions { By = "both", Fields = ["price"] }),
            () => client.Lists.SimilarToAsync(items, new SimilarListOptions { Count = 5, By = "both" }),
            () => client.Lists.PopularAsync(new PopularListOptions { Count = 5, Window = "day", Fields = ["price"] }),
            () => client.Items.GetAsync("tea"),
            () => client.Items.FindAsync(items),
            () => client.Items.SearchAsync("tea", ["colour:red"], 5, "c"),
            () => client.Items.PutAsync([new CatalogItem { ItemId = "tea" }]),
            () => client.Items.PatchAsync("tea", new ItemPatch { Title = "Tea" }),
            () => client.Items.DeleteAsync("tea"),
            () => client.Users.GetAsync("ann"),
            () => client.Users.GetAttributesAsync("ann"),
            () => client.Users.PutAttributesAsync("ann", values),
            () => client.Users.PatchAttributesAsync("ann", values!),
            () => client.Users.DeleteAttributesAsync("ann"),
            () => client.Users.MergeAsync("anon-1", "ann"),
            () => client.Users.EraseAsync("ann"),
        ];
    }

    /// <summary>The operation whose template the path fits; of several the one with the fewest parameters.</summary>
    private JsonNode? Operation(StubCall call) => (
        from path in _document["paths"]!.AsObject()
        let pattern = "^" + Regex.Replace(path.Key, @"\{[^}]+\}", "[^/]+", default, TimeSpan.FromSeconds(1)) + "$"
        where Regex.IsMatch(call.Address.AbsolutePath, pattern, default, TimeSpan.FromSeconds(1))
        let operation = path.Value![call.Method.Method.ToLowerInvariant()]
        where operation is not null
        orderby path.Key.Count(one => one == '{')
        select operation).FirstOrDefault();
}
