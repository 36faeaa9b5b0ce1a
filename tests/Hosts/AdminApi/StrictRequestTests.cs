using System.Net;
using System.Text.Json.Nodes;
using Recommendation.AdminApi.Tests.Given;

namespace Recommendation.AdminApi.Tests;

/// <summary>A mistyped parameter or member is refused by its name, and every id can be named.</summary>
public sealed class StrictRequestTests(ShopFixture shop) : IClassFixture<ShopFixture>
{
    private RunningApi Api => shop.Api;

    [Theory]
    [InlineData("GET", "/v1/users/u1/recommendations?count=5", "count", "cursor, exclude, explain, category, n")]
    [InlineData("GET", "/v1/users/u1?n=5", "n", "none")]
    [InlineData("GET", "/v1/items/popular?windows=day", "windows", "window")]
    [InlineData("GET", "/readyz?full=true", "full", "none")]
    [InlineData("DELETE", "/v1/users/u1?dryRun=true", "dryRun", "none")]
    [InlineData("POST", "/v1/batch-runs?dryRun=true", "dryRun", "none")]
    public async Task An_unknown_query_parameter_is_refused_by_name(
        string method,
        string path,
        string name,
        string known
    )
    {
        var detail = (await Api.SendAsync(new HttpMethod(method), path, json: method == "POST" ? "{}" : null))
            .ExpectProblem(HttpStatusCode.BadRequest, "invalid").Json["detail"]!.GetValue<string>();
        Assert.Contains($"'{name}'", detail, StringComparison.Ordinal);
        Assert.All(known.Split(", "), one => Assert.Contains(one, detail, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("/v1/batch-runs", """{"user":["u1"]}""", "user")]
    [InlineData("/v1/models", """{"quick":true}""", "quick")]
    [InlineData("/v1/models/m1/promote", """{"forced":true}""", "forced")]
    [InlineData("/v1/quarantine/redrive", """{"position":["x"]}""", "position")]
    [InlineData("/v1/users/u1/merge", """{"userId":"u2","force":true}""", "force")]
    [InlineData("/v1/users/u1/what-if", """{"itemId":"i1","type":"purchase"}""", "type")]
    public async Task An_unknown_member_of_a_body_is_refused_by_name(string path, string body, string name)
    {
        var detail = (await Api.PostAsync(path, body)).ExpectProblem(HttpStatusCode.BadRequest, "invalid").Json[
            "detail"
        ]!.GetValue<string>();
        Assert.Contains($"'{name}' is unknown", detail, StringComparison.Ordinal);
        Assert.DoesNotContain("Recommendation.", detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_member_of_an_item_is_refused_and_one_of_an_event_is_ignored()
    {
        var detail = (await Api.PutAsync("/v1/items", """[{"itemId":"strict","name":"Lamp"}]"""))
            .ExpectProblem(HttpStatusCode.BadRequest, "invalid")
            .Json["detail"]!;
        Assert.Contains("'name' is unknown", detail.GetValue<string>(), StringComparison.Ordinal);
        (await Api.PostAsync("/v1/interactions", """{"userId":"strict","itemId":"i1","colour":"red"}""")).Expect(
            HttpStatusCode.OK
        );
    }

    [Fact]
    public async Task Every_body_but_that_of_an_event_is_closed()
    {
        var document = (await Api.GetAsync("/openapi/v1.json")).Json;
        var bodies = document["paths"]!
            .AsObject()
            .SelectMany(path => path.Value!.AsObject())
            .Select(operation => operation.Value!["requestBody"])
            .OfType<JsonObject>()
            .Select(body => body["content"]!["application/json"]!["schema"]!)
            // The members of a map, such as the attributes of a user, have names of the caller's own.
            .Where(schema => (schema["$ref"] ?? schema["items"]) is not null)
            .ToList();
        Assert.NotEmpty(bodies);
        foreach (
            var name in bodies.Select(schema =>
                (schema["$ref"] ?? schema["items"]!["$ref"])!.GetValue<string>().Split('/')[^1]
            )
        )
        {
            var closed = document["components"]!["schemas"]![name]!["additionalProperties"]?.GetValue<bool>() == false;
            Assert.True(closed == (name != "EventBody"), name);
        }
    }

    [Theory]
    [InlineData("n=abc", "n is 'abc'; give a whole number.")]
    [InlineData("n=1.5", "n is '1.5'; give a whole number.")]
    [InlineData("n=99999999999", "n is '99999999999'; give a whole number.")]
    [InlineData("explain=maybe", "explain is 'maybe'; give true or false.")]
    public async Task A_parameter_of_the_wrong_kind_is_named_with_what_to_give(string query, string detail) =>
        Assert.Equal(
            detail,
            (await Api.GetAsync($"/v1/users/u1/recommendations?{query}"))
                .ExpectProblem(HttpStatusCode.BadRequest, "invalid")
                .Json["detail"]!.GetValue<string>()
        );

    [Fact]
    public async Task Items_with_commas_and_backslashes_in_their_ids_can_be_excluded()
    {
        (string Item, string Written)[] ids =
        [
            ("a,b", "a\\,b"),
            ("back\\slash", "back\\slash"),
            ("both\\,", "both\\\\\\,"),
        ];
        (
            await Api.PostAsync(
                "/v1/interactions",
                $"[{string.Join(',', ids.SelectMany(id => Enumerable.Range(0, 60).Select(n =>
            $$"""{"userId":"comma{{n}}","itemId":{{JsonValue.Create(id.Item).ToJsonString()}},"interactionType":"purchase"}""")))}]"
            )
        ).Expect(HttpStatusCode.OK);
        const string path = "/v1/items/popular?n=1000&window=hour";
        var all = Ids(await Api.GetAsync(path));
        foreach (var (item, written) in ids)
        {
            Assert.Contains(item, all);
            Assert.Equal(
                all.Except([item]),
                Ids(await Api.GetAsync($"{path}&exclude={Uri.EscapeDataString(written)}"))
            );
            Assert.DoesNotContain(
                item,
                Ids(await Api.GetAsync($"{path}&exclude={Uri.EscapeDataString($"i1,{written},i2")}"))
            );
        }
    }

    [Theory]
    [InlineData(".", "%252E")]
    [InlineData("..", "%252e%252e")]
    [InlineData("%2E", "%25252E")]
    [InlineData("...", "...")]
    [InlineData("a.b", "a.b")]
    public async Task Ids_of_dots_can_be_named(string id, string segment)
    {
        (await Api.PostAsync("/v1/interactions", $$"""{"userId":"{{id}}","itemId":"i1"}""")).Expect(HttpStatusCode.OK);
        Assert.Equal(
            id,
            (await Api.GetAsync($"/v1/users/{segment}")).Expect(HttpStatusCode.OK).Json["userId"]!.GetValue<string>()
        );
        (await Api.GetAsync($"/v1/users/{segment}/recommendations")).Expect(HttpStatusCode.OK);
        Assert.Equal(
            id,
            (await Api.DeleteAsync($"/v1/users/{segment}")).Expect(HttpStatusCode.OK).Json["receipt"]![
                "userId"
            ]!.GetValue<string>()
        );
    }

    [Theory]
    [InlineData("/v1/users/./export")]
    [InlineData("/v1/users/%2E/export")]
    [InlineData("/v1/users/../items")]
    [InlineData("/v1/users/%2e./items?n=1")]
    public async Task A_path_that_the_server_would_resolve_is_refused(string path)
    {
        var answer = await RawRequest.SendAsync(Api.Address, "GET", path, body: null);
        Assert.Contains(
            "%252E",
            answer.ExpectProblem(HttpStatusCode.BadRequest, "invalid").Json["detail"]!.GetValue<string>(),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task An_item_that_is_called_popular_can_be_read_and_changed()
    {
        (await Api.PutAsync("/v1/items", """[{"itemId":"popular","title":"A book"}]""")).Expect(HttpStatusCode.OK);
        var found = (await Api.GetAsync("/v1/items?id=popular")).Expect(HttpStatusCode.OK).Json["items"]!.AsArray();
        Assert.Equal("A book", found.Single()!["title"]!.GetValue<string>());
        (await Api.GetAsync("/v1/items/popular/similar")).ExpectProblem(HttpStatusCode.NotFound, "not-found");
    }

    private static List<string> Ids(Answer answer) =>
        [
            .. answer.Expect(HttpStatusCode.OK).Json["recommendations"]!
                .AsArray()
                .Select(item => item!["itemId"]!.GetValue<string>()),
        ];
}
