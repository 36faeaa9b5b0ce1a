using System.Net;
using Recommendation.AdminApi.Tests.Given;

namespace Recommendation.AdminApi.Tests;

/// <summary>What a request does not say of an item stays as it is.</summary>
public sealed class CatalogueTests(ShopFixture shop) : IClassFixture<ShopFixture>
{
    private RunningApi Api => shop.Api;

    [Fact]
    public async Task Putting_availability_alone_keeps_title_and_categories()
    {
        (
            await Api.PutAsync("/v1/items", """[{"itemId":"put","title":"Lamp","categories":["home","lights"]}]""")
        ).Expect(HttpStatusCode.OK);
        (await Api.PutAsync("/v1/items", """[{"itemId":"put","available":false}]""")).Expect(HttpStatusCode.OK);
        await IsAsync("put", """{"itemId":"put","title":"Lamp","categories":["home","lights"],"available":false}""");
        (
            await Api.PutAsync(
                "/v1/items",
                """[{"itemId":"put","title":"New lamp"},{"itemId":"put","categories":null}]"""
            )
        ).Expect(HttpStatusCode.OK);
        await IsAsync("put", """{"itemId":"put","title":"New lamp","categories":[],"available":false}""");
        (await Api.PutAsync("/v1/items", """[{"itemId":"put","title":null,"available":null}]""")).Expect(
            HttpStatusCode.OK
        );
        await IsAsync("put", """{"itemId":"put","title":null,"categories":[],"available":true}""");
    }

    [Fact]
    public async Task A_patch_changes_what_it_says_of_an_item_that_is_known()
    {
        (await Api.PutAsync("/v1/items", """[{"itemId":"popular","title":"Lamp","categories":["home"]}]""")).Expect(
            HttpStatusCode.OK
        );
        var patched = await Api.SendAsync(HttpMethod.Patch, "/v1/items/popular", """{"categories":["light"]}""");
        Assert.Equal(
            """{"itemId":"popular","title":"Lamp","categories":["light"],"available":true}""",
            patched.Expect(HttpStatusCode.OK).Body
        );
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

    private async Task IsAsync(string item, string json) =>
        Assert.Equal(json, (await Api.GetAsync($"/v1/items/{item}")).Expect(HttpStatusCode.OK).Body);
}
