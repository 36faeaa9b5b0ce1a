using System.Net;
using System.Text.Json.Nodes;
using Recommendation.AdminApi.Tests.Given;
using Recommendation.Domain.Items;

namespace Recommendation.AdminApi.Tests;

/// <summary>The catalogue: put, patched, deleted and searched.</summary>
public sealed class CatalogueTests(ShopFixture shop) : IClassFixture<ShopFixture>
{
    private RunningApi Api => shop.Api;

    [Fact]
    public async Task Putting_an_item_replaces_it()
    {
        await PutAsync("""{"itemId":"put","title":"Lamp","categories":["home"],"price":3,"attributes":{"watt":40}}""");
        await PutAsync("""{"itemId":"put","available":false}""");
        await IsAsync("put", """{"itemId":"put","title":null,"categories":[],"available":false}""");
        await PutAsync("""{"itemId":"put","title":"New lamp"},{"itemId":"put","categories":null,"attributes":null}""");
        await IsAsync("put", """{"itemId":"put","title":null,"categories":[],"available":true}""");
    }

    [Fact]
    public async Task A_preview_says_what_putting_items_would_change_and_stores_nothing()
    {
        await PutAsync("""{"itemId":"seen","title":"Lamp","price":3},{"itemId":"same","title":"Chair"}""");
        const string Items = """
            [{"itemId":"seen","title":"Lamp","attributes":{"onlyPreviewed":"x"}},{"itemId":"same","title":"Chair"},
            {"itemId":"brandNew","title":"old"},{"itemId":"brandNew","title":"New"}]
            """;
        var preview = (await Api.PostAsync("/v1/items/preview", Items)).Expect(HttpStatusCode.OK).Json;
        Assert.Equal(
            [1, 1, 1], new[] { "added", "changed", "unchanged" }.Select(name => preview[name]!.GetValue<int>()));
        Assert.Equal(
            ["3 to ", " to "],
            preview["items"]!.AsArray().Select(one => $"{one!["before"]?["price"]} to {one["after"]!["price"]}"));
        Assert.Equal("New", preview["items"]![1]!["after"]!["title"]!.GetValue<string>());
        (await Api.GetAsync("/v1/items/brandNew")).ExpectProblem(HttpStatusCode.NotFound, "not-found");
        // What an attribute is stays open, too.
        await PutAsync("""{"itemId":"seen","attributes":{"onlyPreviewed":7}}""");

        foreach (var wrong in (string[])["[]", "[null]", """[{"itemId":"seen","attributes":{"onlyPreviewed":"x"}}]"""])
            (await Api.PostAsync("/v1/items/preview", wrong)).ExpectProblem(HttpStatusCode.BadRequest, "invalid");
    }

    [Fact]
    public async Task Every_property_and_attribute_is_stored_and_a_patch_merges_them()
    {
        const string Item = """
            {"itemId":"whole","title":"Boots","categories":["Shoes > Winter","Sale"],"available":true,
            "description":"Warm.","price":129.9,"currency":"EUR","imageUrl":"https://example.org/b.jpg","url":"/boots",
            "createdAt":"2026-01-02T03:04:05.000Z","expiresAt":"2100-01-01T00:00:00.000Z","group":"boots",
            "attributes":{"colour":"red","size":42.5,"lined":true,"tags":["warm","new"],"vector3":[0.5,1,2]}}
            """;
        await PutAsync(Item);
        await IsAsync("whole", Item);
        await PatchAsync("whole", """{"price":99,"url":null,"attributes":{"colour":null,"size":43,"heel":"flat"}}""");
        await IsAsync(
            "whole",
            Item.Replace("129.9", "99", StringComparison.Ordinal)
                .Replace("\"/boots\"", "null", StringComparison.Ordinal)
                .Replace("\"colour\":\"red\",\"size\":42.5", "\"heel\":\"flat\",\"size\":43", StringComparison.Ordinal)
        );
    }

    [Theory]
    [InlineData("\"price\":\"12.50\"", "price")]
    [InlineData("\"price\":-1", "must not be negative")]
    [InlineData("\"price\":1e999", "too large for a number")]
    [InlineData("\"currency\":\"Euro\"", "ISO 4217")]
    [InlineData("\"url\":\"javascript:alert(1)\"", "begins with https://")]
    [InlineData("\"createdAt\":\"yesterday\"", "createdAt is the text 'yesterday'; it must be a time")]
    [InlineData("\"attributes\":{\"two words\":1}", "is no name of an attribute")]
    [InlineData("\"attributes\":{\"title\":\"x\"}", "put it beside attributes")]
    [InlineData("\"attributes\":{\"known\":\"12\"}", "known is the text '12'; it must be a number")]
    [InlineData("\"attributes\":{\"known\":{}}", "known is an object")]
    [InlineData("\"attributes\":{\"known\":1e999}", "too large for a number")]
    [InlineData("\"attributes\":{\"known\":NaN}", "not the JSON that this route takes")]
    [InlineData("\"attributes\":{\"three\":[1,2]}", "three is a list of 2 numbers; it must be a list of 3 numbers")]
    [InlineData("\"attributes\":{\"three\":[]}", "three is an empty list")]
    [InlineData("\"attributes\":{\"three\":[1,\"2\",3]}", "different kinds")]
    [InlineData("\"attributes\":{\"three\":[1,2,1e40]}", "too large for a vector")]
    [InlineData("\"group\":\"bad-b\"},{\"itemId\":\"bad-b\",\"group\":\"bad\"", "whose group leads back to it")]
    public async Task An_item_that_is_not_valid_is_refused_and_nothing_is_stored(string members, string reason)
    {
        await PutAsync("""{"itemId":"ok","attributes":{"known":1,"three":[1,2,3]}}""");
        var body = $"[{{\"itemId\":\"bad-first\"}},{{\"itemId\":\"bad\",{members}}}]";
        IsRefused(await Api.PutAsync("/v1/items", body), reason);
        Assert.Equal("""{"items":[],"next":null}""", (await Api.GetAsync("/v1/items?id=bad-first&id=bad")).Body);
    }

    [Fact]
    public async Task An_item_has_at_most_64_attributes_and_64_kilobytes()
    {
        var many = string.Join(',', Enumerable.Range(0, 65).Select(n => $"\"a{n}\":{n}"));
        var refused = await Api.PutAsync("/v1/items", $"[{{\"itemId\":\"many\",\"attributes\":{{{many}}}}}]");
        IsRefused(refused, "65 attributes; at most 64");
        var wide = string.Join(',', Enumerable.Range(0, 7).Select(n => $"\"wide{n}\":\"{new string('x', 9_999)}\""));
        refused = await Api.PutAsync("/v1/items", $"[{{\"itemId\":\"many\",\"attributes\":{{{wide}}}}}]");
        IsRefused(refused, "at most 65536 are allowed");
    }

    [Fact]
    public async Task A_deleted_item_is_shown_in_no_list_and_on_no_page_until_it_is_put_again()
    {
        const string Ann = "/v1/users/u0/recommendations?n=2";
        var first = (await Api.GetAsync(Ann)).Expect(HttpStatusCode.OK).Json;
        var next = (await Api.GetAsync($"{Ann}&cursor={first["next"]}")).Expect(HttpStatusCode.OK).Json;
        string[] gone =
        [
            first["recommendations"]![0]!["itemId"]!.GetValue<string>(),
            next["recommendations"]![0]!["itemId"]!.GetValue<string>(),
        ];
        foreach (var item in gone)
            (await Api.SendAsync(HttpMethod.Delete, $"/v1/items/{item}", "")).Expect(HttpStatusCode.NoContent);

        foreach (var path in new[]
        {
            "/v1/users/u0/recommendations?n=100", $"{Ann}&cursor={first["next"]}", "/v1/items/popular?n=100",
            "/v1/items/popular?window=month&n=100", $"/v1/items/{gone[0]}/similar?n=100", "/v1/items?n=1000",
            "/v1/users/nobody/recommendations?n=100",
        })
        {
            var answer = (await Api.GetAsync(path)).Expect(HttpStatusCode.OK).Body;
            Assert.DoesNotContain(gone, item => Listed(answer).Contains(item, StringComparer.Ordinal));
        }
        (await Api.GetAsync($"/v1/items/{gone[0]}")).ExpectProblem(HttpStatusCode.NotFound, "not-found");
        (await Api.SendAsync(HttpMethod.Patch, $"/v1/items/{gone[0]}", """{"title":"x"}""")).ExpectProblem(
            HttpStatusCode.NotFound, "not-found");
        foreach (var item in gone)
            await PutAsync($"{{\"itemId\":\"{item}\",\"title\":\"Back\"}}");
        Assert.Contains(gone[0], Listed((await Api.GetAsync("/v1/users/u0/recommendations?n=100")).Body));
    }

    [Fact]
    public async Task Expired_and_future_items_are_not_recommended()
    {
        var before = Listed((await Api.GetAsync("/v1/items/popular?n=3")).Body);
        await PatchAsync(before[0], """{"expiresAt":"2020-01-01"}""");
        await PatchAsync(before[1], """{"createdAt":"2100-01-01"}""");
        var after = Listed((await Api.GetAsync("/v1/items/popular?n=100")).Body);
        Assert.DoesNotContain(before[0], after);
        Assert.DoesNotContain(before[1], after);
        await PatchAsync(before[0], """{"expiresAt":null}""");
        await PatchAsync(before[1], """{"createdAt":"2020-01-01"}""");
        Assert.Equal(before, Listed((await Api.GetAsync("/v1/items/popular?n=3")).Body));
    }

    [Fact]
    public async Task Lists_give_the_fields_that_are_asked_for_with_each_item()
    {
        var item = Listed((await Api.GetAsync("/v1/items/popular?n=1")).Body)[0];
        await PatchAsync(item, """{"price":5,"attributes":{"heel":"flat"}}""");
        foreach (var path in new[] { "/v1/users/new/recommendations", "/v1/items/popular" })
        {
            var list = (await Api.GetAsync($"{path}?n=2&fields=price,heel,nowhere")).Expect(HttpStatusCode.OK).Json;
            Assert.Equal(
                """{"price":5,"heel":"flat"}""", list["recommendations"]![0]!["fields"]!.ToJsonString());
            Assert.Equal("{}", list["recommendations"]![1]!["fields"]!.ToJsonString());
            Assert.DoesNotContain("\"fields\"", (await Api.GetAsync($"{path}?n=2")).Body, StringComparison.Ordinal);
        }
        var similar = (await Api.GetAsync($"/v1/items/{item}/similar?n=1&fields=title")).Expect(HttpStatusCode.OK).Json;
        Assert.NotNull(similar["recommendations"]![0]!["fields"]!["title"]);
        IsRefused(await Api.GetAsync("/v1/items/popular?fields=a%20b"), "is no name");
        IsRefused(await Api.GetAsync("/v1/items/popular?fields=,"), "fields has 0 names");
        await PatchAsync(item, """{"price":null,"attributes":{"heel":null}}""");
    }

    [Fact]
    public async Task Items_are_listed_and_found_page_by_page()
    {
        foreach (var n in Enumerable.Range(0, 5))
        {
            var attributes = $$"""{"wood":"oak","boards":{{n % 2}}}""";
            await PutAsync($$"""{"itemId":"shelf{{n}}","title":"Oak shelf {{n}}","attributes":{{attributes}}}""");
        }
        var found = new List<string>();
        string? cursor = null;
        do
        {
            var page = (await Api.GetAsync($"/v1/items?q=SHELF&n=2{(cursor is null ? "" : $"&cursor={cursor}")}"))
                .Expect(HttpStatusCode.OK).Json;
            found.AddRange(page["items"]!.AsArray().Select(item => item!["itemId"]!.GetValue<string>()));
            cursor = page["next"]?.GetValue<string>();
        }
        while (cursor is not null);
        Assert.Equal(["shelf0", "shelf1", "shelf2", "shelf3", "shelf4"], found);
        var odd = await Api.GetAsync("/v1/items?attribute=wood:OAK&attribute=boards:1&q=oak");
        Assert.Equal(["shelf1", "shelf3"], Listed(odd.Expect(HttpStatusCode.OK).Body));
        foreach (var (query, reason) in new[]
        {
            ("attribute=wod:oak", "No item has an attribute 'wod'"), ("attribute=wood", "name:value"),
            ("attribute=boards:many", "must be a number"), ("id=a&q=b", "not both"),
            ("cursor=%20", "cursor is invalid"), ("n=0", "1–1000"),
        })
        {
            IsRefused(await Api.GetAsync($"/v1/items?{query}"), reason);
        }
    }

    [Fact]
    public async Task A_patch_changes_what_it_says_of_an_item_that_is_known()
    {
        (await Api.PutAsync("/v1/items", """[{"itemId":"popular","title":"Lamp","categories":["home"]}]""")).Expect(
            HttpStatusCode.OK
        );
        var patched = await Api.SendAsync(HttpMethod.Patch, "/v1/items/popular", """{"categories":["light"]}""");
        patched.Expect(HttpStatusCode.OK);
        await IsAsync(
            "popular", """{"itemId":"popular","title":"Lamp","categories":["light"],"available":true}""", "?id=");
        (await Api.SendAsync(HttpMethod.Patch, "/v1/items/popular", """{"title":null}""")).Expect(HttpStatusCode.OK);
        Assert.Contains("\"title\":null", (await Api.GetAsync("/v1/items?id=popular")).Body, StringComparison.Ordinal);
        (await Api.SendAsync(HttpMethod.Patch, "/v1/items/unheard-of", """{"title":"x"}""")).ExpectProblem(
            HttpStatusCode.NotFound,
            "not-found"
        );
        (await Api.SendAsync(HttpMethod.Patch, "/v1/items/popular", """{"itemId":"other"}""")).ExpectProblem(
            HttpStatusCode.BadRequest,
            "invalid"
        );
        (await Api.SendAsync(HttpMethod.Patch, "/v1/items/popular", "")).ExpectProblem(
            HttpStatusCode.BadRequest,
            "invalid"
        );
    }

    private async Task PutAsync(string items) =>
        (await Api.PutAsync("/v1/items", $"[{items}]")).Expect(HttpStatusCode.OK);

    private static void IsRefused(Answer answer, string reason) => Assert.Contains(
        reason, answer.ExpectProblem(HttpStatusCode.BadRequest, "invalid").Body, StringComparison.Ordinal);

    private async Task PatchAsync(string item, string change) =>
        (await Api.SendAsync(HttpMethod.Patch, $"/v1/items/{item}", change)).Expect(HttpStatusCode.OK);

    /// <param name="item">The item's id.</param>
    /// <param name="json">What it is; members that are not named are null, and there are no attributes.</param>
    /// <param name="before">What is before the id in the path.</param>
    private async Task IsAsync(string item, string json, string before = "/")
    {
        var expected = JsonNode.Parse(json)!.AsObject();
        foreach (var property in ItemProperty.All)
            expected.TryAdd(property.Name, null);
        expected.TryAdd("attributes", new JsonObject());
        var actual = (await Api.GetAsync($"/v1/items{before}{item}")).Expect(HttpStatusCode.OK).Json;
        var found = actual["items"]?[0] ?? actual;
        Assert.True(JsonNode.DeepEquals(expected, found), found.ToJsonString());
    }

    private static string[] Listed(string answer) =>
    [
        .. (JsonNode.Parse(answer)!["recommendations"] ?? JsonNode.Parse(answer)!["items"])!.AsArray()
            .Select(item => item!["itemId"]!.GetValue<string>()),
    ];
}
