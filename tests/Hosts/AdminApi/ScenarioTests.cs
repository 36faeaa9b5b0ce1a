using System.Net;
using System.Text.Json.Nodes;
using Recommendation.AdminApi.Tests.Given;
using Recommendation.Application.Items;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Items;

namespace Recommendation.AdminApi.Tests;

public sealed class ScenarioTests
{
    [Fact]
    public async Task A_scenario_is_put_listed_changed_and_deleted_and_its_versions_stay()
    {
        await using var api = await RunningApi.StartAsync();
        var put = (await api.PutAsync("/v1/scenarios/home?reason=sale", """{"filter":"item.available","n":5}"""))
            .Expect(HttpStatusCode.OK).Json;
        Assert.Equal(("home", 1, "local", "sale"), (
            Text(put, "name"), put["version"]!.GetValue<int>(), Text(put, "by"), Text(put, "reason")));
        await api.PutAsync("/v1/scenarios/home", """{"n":7}""");

        Assert.Equal(7, (await api.GetAsync("/v1/scenarios/home")).Json["scenario"]!["n"]!.GetValue<int>());
        Assert.Single((await api.GetAsync("/v1/scenarios")).Json["scenarios"]!.AsArray());
        (await api.DeleteAsync("/v1/scenarios/home")).Expect(HttpStatusCode.OK);
        (await api.GetAsync("/v1/scenarios/home")).ExpectProblem(HttpStatusCode.NotFound, "not-found");
        (await api.DeleteAsync("/v1/scenarios/home")).ExpectProblem(HttpStatusCode.NotFound, "not-found");
        Assert.Empty((await api.GetAsync("/v1/scenarios")).Json["scenarios"]!.AsArray());
        Assert.Equal([3, 2, 1], (await api.GetAsync("/v1/scenarios/home/versions")).Json["scenarios"]!.AsArray()
            .Select(version => version!["version"]!.GetValue<int>()));
    }

    [Theory]
    [InlineData("""{"filter":"item.prise < 1.0"}""", "Column 6: items have no attribute 'prise'")]
    [InlineData("""{"boosts":[{"when":"item.price <","multiply":2}]}""", "boosts[0].when: Column 13")]
    [InlineData("""{"boosts":[{"when":"true"}]}""", "needs multiply or add")]
    [InlineData("""{"source":"magic"}""", "source is personal, similar")]
    [InlineData("""{"source":"personal","window":"day"}""", "window is")]
    [InlineData("""{"promotions":[{"filter":"true","share":0.6},{"filter":"false","share":0.6}]}""", "at most 1")]
    [InlineData("""{"pins":[{"itemId":"a","place":1},{"itemId":"b","place":1}]}""", "each place once")]
    [InlineData("""{"pins":[{"itemId":"","place":1}]}""", "pins[0].itemId")]
    [InlineData("""{"diversity":{"by":"colour","max":1,"window":3}}""", "diversity.by")]
    [InlineData("""{"diversity":{"similarity":1.5}}""", "diversity.similarity is greater than 0")]
    [InlineData("""{"diversity":{"similarity":0.5,"max":2}}""", "diversity.by is needed")]
    [InlineData("""{"diversity":{"by":"categories","window":3}}""", "diversity.max is at least 1")]
    [InlineData("""{"diversity":{}}""", "diversity needs by")]
    [InlineData("""{"n":0}""", "n is 1–1000")]
    [InlineData("""{"filtre":"true"}""", "filtre")]
    [InlineData("""{"boosts":null}""", "boosts")]
    public async Task A_wrong_scenario_is_refused_with_what_to_do(string json, string message)
    {
        await using var api = await RunningApi.StartAsync();
        var problem = (await api.PutAsync("/v1/scenarios/home", json)).ExpectProblem(
            HttpStatusCode.BadRequest,
            "invalid"
        );
        Assert.Contains(message, Text(problem.Json, "detail"), StringComparison.Ordinal);
        (await api.GetAsync("/v1/scenarios/home")).ExpectProblem(HttpStatusCode.NotFound, "not-found");
    }

    [Fact]
    public async Task Rules_hold_in_the_lists_of_a_user()
    {
        await using var api = await RunningApi.StartAsync(options => options.RealtimeBudget = TimeSpan.FromSeconds(30));
        await Shop.FillAsync(api);
        await PriceAsync(api);
        var plain = ItemsOf((await api.GetAsync("/v1/users/u2/recommendations?n=1000")).Json);
        var cheap = plain.Where(IsCheap).ToArray();
        await api.PutAsync("/v1/scenarios/home", $$"""
            {
              "filter": "item.price < 15.0",
              "pins": [{"itemId": "{{cheap[^1]}}", "place": 3}],
              "promotions": [{"filter": "'sale' in item.categories", "share": 0.25}],
              "diversity": {"by": "group", "max": 1, "window": 2},
              "n": 8
            }
            """);

        var list = (await api.GetAsync("/v1/users/u2/recommendations?scenario=home")).Expect(HttpStatusCode.OK).Json;
        var items = ItemsOf(list);

        Assert.Equal("home", Text(list, "scenario"));
        Assert.Equal(8, items.Distinct(StringComparer.Ordinal).Count());
        Assert.All(items, item => Assert.True(IsCheap(item)));
        Assert.Equal(cheap[^1], items[2]);
        Assert.Equal("pin", list["recommendations"]![2]!["rules"]!.AsArray()[^1]!.GetValue<string>());
        Assert.Equal(2, items.Count(IsOnSale));
        for (var place = 1; place < items.Length; place++)
            Assert.NotEqual(GroupOf(items[place - 1]), GroupOf(items[place]));
        Assert.Empty(items.Except(plain));
    }

    [Fact]
    public async Task Diversity_by_similarity_begins_with_the_best_item_and_goes_on_with_others()
    {
        await using var api = await RunningApi.StartAsync(options => options.RealtimeBudget = TimeSpan.FromSeconds(30));
        await Shop.FillAsync(api);
        var plain = ItemsOf((await api.GetAsync("/v1/users/u2/recommendations?n=5")).Json);
        await api.PutAsync("/v1/scenarios/home", """{"diversity":{"similarity":0.9},"n":5}""");

        var list = (await api.GetAsync("/v1/users/u2/recommendations?scenario=home")).Expect(HttpStatusCode.OK).Json;

        var items = ItemsOf(list);
        Assert.Equal(plain[0], items[0]);
        Assert.Equal(5, items.Distinct(StringComparer.Ordinal).Count());
        Assert.NotEqual(plain, items);
        var stored = (await api.GetAsync("/v1/scenarios/home")).Json["scenario"]!["diversity"]!;
        Assert.Equal((0.9, null), (stored["similarity"]!.GetValue<double>(), stored["by"]));
    }

    [Fact]
    public async Task A_boost_moves_items_and_says_so()
    {
        await using var api = await RunningApi.StartAsync(options => options.RealtimeBudget = TimeSpan.FromSeconds(30));
        await Shop.FillAsync(api);
        var plain = ItemsOf((await api.GetAsync("/v1/users/u2/recommendations?n=5")).Json);
        await api.PutAsync(
            "/v1/scenarios/home", $$"""{"boosts":[{"when":"item.itemId == '{{plain[4]}}'","multiply":100,"add":5}]}""");
        await PriceAsync(api);

        var list = (await api.GetAsync("/v1/users/u2/recommendations?scenario=home&n=5")).Json;

        Assert.Equal([plain[4], .. plain[..4]], ItemsOf(list));
        Assert.Equal("boost 1: ×100 +5", list["recommendations"]![0]!["rules"]![0]!.GetValue<string>());
        Assert.Null(list["recommendations"]![1]!["rules"]);
    }

    [Fact]
    public async Task Nothing_that_must_not_be_shown_gets_in_by_a_pin_or_a_promotion()
    {
        await using var api = await RunningApi.StartAsync(options => options.RealtimeBudget = TimeSpan.FromSeconds(30));
        await Shop.FillAsync(api);
        await PriceAsync(api);
        var plain = ItemsOf((await api.GetAsync("/v1/users/u2/recommendations?n=1000")).Json);
        var bought = Enumerable.Range(0, Shop.Items).Select(n => $"i{n}").Except(plain).First();
        (await api.SendAsync(HttpMethod.Patch, $"/v1/items/{plain[0]}", """{"available":false}""")).Expect(
            HttpStatusCode.OK
        );
        await api.PutAsync(
            "/v1/scenarios/home",
            $$"""
            {
              "pins": [{"itemId": "{{bought}}", "place": 1}, {"itemId": "{{plain[0]}}", "place": 2},
                {"itemId": "{{plain[1]}}", "place": 4}],
              "promotions": [{"filter": "item.itemId in ['{{bought}}', '{{plain[0]}}', '{{plain[1]}}']", "share": 1}]
            }
            """);
        var items = ItemsOf((await api.GetAsync(
            $"/v1/users/u2/recommendations?scenario=home&exclude={plain[1]}")).Expect(HttpStatusCode.OK).Json);
        Assert.Equal(10, items.Length);
        Assert.Empty(items.Intersect([bought, plain[0], plain[1]]));
    }

    [Fact]
    public async Task Pages_of_a_scenario_never_repeat()
    {
        await using var api = await RunningApi.StartAsync(options => options.RealtimeBudget = TimeSpan.FromSeconds(30));
        await Shop.FillAsync(api);
        await PriceAsync(api);
        await api.PutAsync("/v1/scenarios/home", """
            {"filter":"item.price < 15.0","boosts":[{"when":"item.price < 5.0","multiply":3}],
             "promotions":[{"filter":"'sale' in item.categories","share":0.5}],"diversity":{"by":"group","max":1,"window":3}}
            """);
        var seen = new List<string>();
        for (var next = ""; next is not null; Assert.True(seen.Count <= Shop.Items, "The list does not end."))
        {
            var page = (await api.GetAsync($"/v1/users/u2/recommendations?scenario=home&n=3{next}")).Json;
            seen.AddRange(ItemsOf(page));
            next = page["next"] is { } cursor ? $"&cursor={cursor.GetValue<string>()}" : null;
        }
        var plain = ItemsOf((await api.GetAsync("/v1/users/u2/recommendations?n=1000")).Json);
        Assert.Equal(plain.Where(IsCheap).Order(StringComparer.Ordinal), seen.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_visitor_gets_the_list_of_a_user_with_the_same_history()
    {
        await using var api = await RunningApi.StartAsync(options => options.RealtimeBudget = TimeSpan.FromSeconds(30));
        await Shop.FillAsync(api);
        const string history = """
            [{"itemId":"i1","interactionType":"purchase","timestamp":"2026-03-01T09:00:00Z"},
             {"itemId":"i2","timestamp":"2026-03-01T09:05:00Z"},
             {"itemId":"i1","timestamp":"2026-03-01T09:10:00Z"}]
            """;
        await api.PostAsync(
            "/v1/interactions",
            history.Replace("{", """{"userId":"twin",""", StringComparison.Ordinal)
        );

        var visitor = (await api.PostAsync("/v1/recommendations", $$"""{"history":{{history}},"n":20}"""))
            .Expect(HttpStatusCode.OK).Json;
        var user = (await api.PostAsync("/v1/recommendations", """{"userId":"twin","n":20}""")).Json;

        Assert.Equal(user["recommendations"]!.ToJsonString(), visitor["recommendations"]!.ToJsonString());
        Assert.Equal(Text(user, "source"), Text(visitor, "source"));
        Assert.DoesNotContain("i1", ItemsOf(visitor));
        (await api.GetAsync("/v1/users/visitor")).ExpectProblem(HttpStatusCode.NotFound, "not-found");
    }

    [Fact]
    public async Task Every_item_of_a_long_history_is_left_out()
    {
        await using var api = await RunningApi.StartAsync();
        await Shop.FillAsync(api);
        // More items than a history holds, after the one that was bought first.
        var events = Enumerable.Range(0, 600)
            .Select(n => $$"""{"itemId":"other-{{n}}","timestamp":"2026-02-01T00:00:00Z"}""")
            .Prepend("""{"itemId":"i1","interactionType":"purchase","timestamp":"2026-01-01T00:00:00Z"}""");
        var list = (await api.PostAsync(
            "/v1/recommendations", $$"""{"history":[{{string.Join(',', events)}}],"n":1000}"""))
            .Expect(HttpStatusCode.OK).Json;
        Assert.NotEmpty(ItemsOf(list));
        Assert.DoesNotContain("i1", ItemsOf(list));
    }

    [Fact]
    public async Task Every_candidate_comes_back_in_the_order_of_the_user()
    {
        await using var api = await RunningApi.StartAsync(options => options.RealtimeBudget = TimeSpan.FromSeconds(30));
        await Shop.FillAsync(api);
        var plain = ItemsOf((await api.GetAsync("/v1/users/u2/recommendations?n=1000")).Json);
        string[] candidates = [plain[7], "never-seen", plain[1], plain[4]];
        var body = $$"""{"userId":"u2","candidates":["{{string.Join("\",\"", candidates)}}"]}""";

        var list = (await api.PostAsync("/v1/recommendations", body)).Expect(HttpStatusCode.OK).Json;

        Assert.Equal([plain[1], plain[4], plain[7], "never-seen"], ItemsOf(list));
    }

    [Fact]
    public async Task A_basket_finds_what_goes_with_it_and_never_itself()
    {
        await using var api = await RunningApi.StartAsync();
        await Shop.FillAsync(api);
        await api.PutAsync("/v1/scenarios/basket", """{"source":"similar"}""");
        var list = (await api.PostAsync("/v1/recommendations", """{"scenario":"basket","basket":["i1","i2"]}"""))
            .Expect(HttpStatusCode.OK).Json;
        Assert.Equal(10, ItemsOf(list).Length);
        Assert.Empty(ItemsOf(list).Intersect(["i1", "i2"]));
        (await api.PostAsync("/v1/recommendations", """{"scenario":"basket"}"""))
            .ExpectProblem(HttpStatusCode.Conflict, "refused");
    }

    [Theory]
    [InlineData("""{"userId":"u1","history":[]}""", "not both")]
    [InlineData("""{"history":[{"itemId":"i1","timestamp":"soon"}]}""", "history[0].timestamp")]
    [InlineData("""{"history":[null]}""", "history")]
    [InlineData("""{"context":{"a":[1]}}""", "context.a")]
    [InlineData("""{"n":1001}""", "1–1000")]
    [InlineData("""{"scenario":"No Such"}""", "scenario's name")]
    [InlineData("""{"user":"u1"}""", "user")]
    public async Task A_wrong_request_is_refused_with_what_to_do(string json, string message)
    {
        await using var api = await RunningApi.StartAsync();
        var answer = await api.PostAsync("/v1/recommendations", json);
        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Contains(message, answer.Json.ToJsonString().Replace("\\u0027", "'", StringComparison.Ordinal)
            .Replace("\\u2013", "–", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Conditions_ask_for_attributes_of_items_users_and_the_request()
    {
        await using var api = await RunningApi.StartAsync(options => options.RealtimeBudget = TimeSpan.FromSeconds(30));
        await Shop.FillAsync(api);
        (await api.PutAsync("/v1/items", $"[{string.Join(',', Enumerable.Range(0, Shop.Items).Select(n =>
            $$$"""{"itemId":"i{{{n}}}","attributes":{"country":"{{{(n % 3 == 0 ? "GB" : "DE")}}}","weight":{{{n}}}}}"""))}]"))
            .Expect(HttpStatusCode.OK);
        (await api.PutAsync("/v1/users/u2/attributes", """{"country":"GB"}""")).Expect(HttpStatusCode.OK);
        (await api.PutAsync(
            "/v1/scenarios/home",
            """{"filter":"item.country == user.country && (!has(context.most) || item.weight < context.most)"}"""))
            .Expect(HttpStatusCode.OK);

        var all = (await api.PostAsync("/v1/recommendations", """{"scenario":"home","userId":"u2","n":24}""")).Json;
        var light = (await api.PostAsync(
            "/v1/recommendations",
            """{"scenario":"home","userId":"u2","n":24,"context":{"most":9},"fields":["weight"]}""")).Json;
        var stranger = (await api.PostAsync("/v1/recommendations", """{"scenario":"home","userId":"nobody"}""")).Json;

        Assert.NotEmpty(ItemsOf(light));
        Assert.All(ItemsOf(all), item => Assert.Equal(0, NumberOf(item) % 3));
        Assert.Equal(
            ItemsOf(all).Where(item => NumberOf(item) < 9).Order(StringComparer.Ordinal),
            ItemsOf(light).Order(StringComparer.Ordinal));
        Assert.True(light["recommendations"]![0]!["fields"]!["weight"]!.GetValue<double>() < 9);
        Assert.Empty(ItemsOf(stranger));
    }

    [Fact]
    public async Task The_newest_items_come_newest_first_and_popular_ones_fill_up()
    {
        await using var api = await RunningApi.StartAsync();
        await Shop.FillAsync(api);
        (await api.PutAsync("/v1/items", """
            [{"itemId":"old","createdAt":"2020-01-01T00:00:00Z","categories":["c"]},
             {"itemId":"new","createdAt":"2020-03-01T00:00:00Z","categories":["c"]},
             {"itemId":"away","createdAt":"2020-04-01T00:00:00Z","available":false},
             {"itemId":"other","createdAt":"2020-02-01T00:00:00Z"}]
            """)).Expect(HttpStatusCode.OK);
        await api.PutAsync("/v1/scenarios/fresh", """{"source":"newest","n":5}""");
        await api.PutAsync(
            "/v1/scenarios/some", """{"source":"newest","filter":"'c' in item.categories","fillUp":false}""");

        var list = (await api.GetAsync("/v1/users/u2/recommendations?scenario=fresh")).Expect(HttpStatusCode.OK).Json;
        var some = (await api.PostAsync("/v1/recommendations", """{"scenario":"some","exclude":["old"]}""")).Json;

        Assert.Equal(["new", "other", "old"], ItemsOf(list)[..3]);
        Assert.Equal(5, ItemsOf(list).Length);
        Assert.Null(list["recommendations"]![0]!["source"]);
        Assert.Equal("popular", Text(list["recommendations"]![4]!, "source"));
        Assert.Equal(["new"], ItemsOf(some));
    }

    [Fact]
    public async Task Lists_of_several_users_are_those_of_each_and_an_error_of_one_does_not_fail_the_others()
    {
        await using var api = await RunningApi.StartAsync(options => options.RealtimeBudget = TimeSpan.FromSeconds(30));
        await Shop.FillAsync(api);
        await PriceAsync(api);
        await api.PutAsync("/v1/scenarios/home", """{"filter":"item.price < context.most","n":4}""");
        const string rest = """ "scenario":"home","context":{"most":9},"exclude":["i2"],"fields":["price"] """;

        var lists = (await api.PostAsync(
            "/v1/recommendations/batch", $$"""{"users":["u2","","u1","stranger","u2"],{{rest}}}"""))
            .Expect(HttpStatusCode.OK).Json["lists"]!.AsArray();

        Assert.Equal(["u2", "", "u1", "stranger", "u2"], lists.Select(one => Text(one!, "userId")));
        foreach (var place in (int[])[0, 2, 3, 4])
        {
            var alone = (await api.PostAsync(
                "/v1/recommendations", $$"""{"userId":"{{Text(lists[place]!, "userId")}}",{{rest}}}""")).Json;
            Assert.Equal(4, ItemsOf(alone).Length);
            Assert.Equal(
                alone["recommendations"]!.ToJsonString(), lists[place]!["list"]!["recommendations"]!.ToJsonString());
        }
        Assert.Null(lists[1]!["list"]);
        Assert.Equal("invalid", Text(lists[1]!["error"]!, "code"));

        (await api.PostAsync("/v1/recommendations/batch", """{"users":["u1"],"scenario":"none"}"""))
            .ExpectProblem(HttpStatusCode.NotFound, "not-found");
        (await api.PostAsync("/v1/recommendations/batch", """{"users":[]}"""))
            .ExpectProblem(HttpStatusCode.BadRequest, "invalid");
        var many = string.Join(',', Enumerable.Range(0, 201).Select(n => $"\"u{n}\""));
        (await api.PostAsync("/v1/recommendations/batch", $$"""{"users":[{{many}}]}"""))
            .ExpectProblem(HttpStatusCode.BadRequest, "invalid");
    }

    [Fact]
    public async Task A_preview_shows_both_lists_and_changes_nothing()
    {
        await using var api = await RunningApi.StartAsync();
        await Shop.FillAsync(api);
        await PriceAsync(api);
        var preview = (await api.PostAsync(
            "/v1/scenarios/home/preview", """{"userId":"u2","scenario":{"filter":"item.price < 5.0"}}"""))
            .Expect(HttpStatusCode.OK).Json;
        Assert.Contains(ItemsOf(preview["before"]!), item => !IsCheap(item));
        Assert.All(ItemsOf(preview["after"]!), item => Assert.True(NumberOf(item) % 20 < 5));
        (await api.GetAsync("/v1/scenarios/home")).ExpectProblem(HttpStatusCode.NotFound, "not-found");
    }

    /// <summary>Item i7 costs 7, items with even numbers are on sale, three in a row are a group.</summary>
    private static Task PriceAsync(RunningApi api) => api.SendAsync(new ImportItems([
        .. Enumerable.Range(0, Shop.Items).Select(n => new CatalogItem(
            ItemId.Parse($"i{n}"), $"Item {n}", n % 2 == 0 ? ["sale"] : [])
        {
            Price = n % 20,
            Group = $"g{n / 3}",
        }),
    ]));

    private static int NumberOf(string item) => int.Parse(item[1..], System.Globalization.CultureInfo.InvariantCulture);

    private static bool IsCheap(string item) => NumberOf(item) % 20 < 15;

    private static bool IsOnSale(string item) => NumberOf(item) % 2 == 0;

    private static int GroupOf(string item) => NumberOf(item) / 3;

    private static string Text(JsonNode node, string member) => node[member]!.GetValue<string>();

    private static string[] ItemsOf(JsonNode list) =>
        [.. list["recommendations"]!.AsArray().Select(item => item!["itemId"]!.GetValue<string>())];
}
