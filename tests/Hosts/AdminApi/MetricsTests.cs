using System.Globalization;
using System.Net;
using Recommendation.AdminApi.Tests.Given;

namespace Recommendation.AdminApi.Tests;

/// <summary>From a list over its impressions and a purchase to the figures.</summary>
public sealed class MetricsTests(ShopFixture shop) : IClassFixture<ShopFixture>
{
    private RunningApi Api => shop.Api;

    [Fact]
    public async Task A_list_that_was_seen_and_bought_from_is_in_the_figures()
    {
        var id = (await Api.GetAsync("/v1/users/u5/recommendations?n=3")).Expect(HttpStatusCode.OK)
            .Json["recommendationId"]!.GetValue<string>();
        Assert.Equal(35, id.Length);
        var body = $$"""{"recommendationId":"{{id}}","userId":"u5","items":["x1","x2"]}""";
        var first = (await Api.PostAsync("/v1/impressions", body)).Expect(HttpStatusCode.OK).Json;
        Assert.Equal(2, first["accepted"]!.GetValue<int>());
        var again = (await Api.PostAsync("/v1/impressions", $"[{body}]")).Expect(HttpStatusCode.OK).Json;
        Assert.Equal(2, again["duplicates"]!.GetValue<int>());
        (
            await Api.PostAsync(
                "/v1/interactions",
                $$"""[{"userId":"u5","itemId":"x1","interactionType":"click","recommendationId":"{{id}}"},{"userId":"u5","itemId":"x1","interactionType":"purchase"}]"""
            )
        ).Expect(HttpStatusCode.OK);

        var rows = (await Api.GetAsync("/v1/metrics?by=source,model")).Expect(HttpStatusCode.OK).Json[
            "rows"
        ]!.AsArray();
        var row = rows.Single(one => one!["source"]?.GetValue<string>() == "batch")!;
        Assert.NotNull(row["model"]);
        Assert.Equal(
            (1, 2, 1, 1),
            (
                row["lists"]!.GetValue<int>(), row["impressions"]!.GetValue<int>(), row["clicks"]!.GetValue<int>(),
                row["conversions"]!.GetValue<int>()));
        Assert.Equal(0.5, row["ctr"]!["value"]!.GetValue<double>());
    }

    [Fact]
    public async Task An_id_that_does_not_count_is_reported_with_its_reason()
    {
        var events = (
            await Api.PostAsync(
                "/v1/interactions",
                """[{"userId":"u6","itemId":"x1","recommendationId":"made up"},{"userId":"u6","itemId":"x2","recommendationId":7}]"""
            )
        )
            .Expect(HttpStatusCode.OK)
            .Json;
        Assert.Equal(2, events["accepted"]!.GetValue<int>());
        Assert.All(
            events["results"]!.AsArray(),
            one => Assert.Equal("malformed", one!["recommendationIdProblem"]!.GetValue<string>())
        );
        var impressions = (
            await Api.PostAsync("/v1/impressions", """{"recommendationId":"made up","userId":"u6","items":["x1"]}""")
        )
            .Expect(HttpStatusCode.OK)
            .Json;
        Assert.Equal(1, impressions["recommendationIdProblems"]!["malformed"]!.GetValue<int>());
    }

    [Theory]
    [InlineData("""{"userId":"u7"}""")]
    [InlineData("""{"userId":"u7","items":[]}""")]
    [InlineData("""{"userId":"u7","items":["a"],"other":1}""")]
    [InlineData("[null]")]
    [InlineData("[]")]
    [InlineData("7")]
    public async Task Impressions_that_are_none_are_refused(string body) =>
        (await Api.PostAsync("/v1/impressions", body)).ExpectProblem(HttpStatusCode.BadRequest, "invalid");

    [Fact]
    public async Task Impressions_of_nobody_are_rejected() =>
        (await Api.PostAsync("/v1/impressions", """{"userId":"","items":["a"]}"""))
            .ExpectProblem(HttpStatusCode.UnprocessableEntity, "rejected");

    [Theory]
    [InlineData("by=weather")]
    [InlineData("by=day,day")]
    [InlineData("from=yesterday")]
    [InlineData("from=2026-11-02&to=2026-11-01")]
    [InlineData("by=")]
    [InlineData("by=day,")]
    [InlineData("from=0001-01-01")]
    [InlineData("to=2026-02-30")]
    [InlineData("segment=")]
    [InlineData("segment=a-b")]
    public async Task Figures_of_nothing_that_is_known_are_refused(string query) =>
        (await Api.GetAsync("/v1/metrics?" + query)).ExpectProblem(HttpStatusCode.BadRequest, "invalid");

    [Theory]
    [InlineData("metrics/items?order=best", "conversions, clicks, impressions, unclicked, unseen")]
    [InlineData("metrics/items?n=0", "1–100")]
    [InlineData("metrics/items?n=101", "1–100")]
    [InlineData("metrics/items?from=2026-11-02&to=2026-11-01", "in this order")]
    [InlineData("items/x1/metrics?from=2026-11-02&to=2026-11-01", "in this order")]
    [InlineData("items/x1/metrics?to=soon", "such as 2026-11-30")]
    public async Task Figures_of_items_that_can_not_be_are_refused(string path, string hint)
    {
        var problem = (await Api.GetAsync("/v1/" + path)).ExpectProblem(HttpStatusCode.BadRequest, "invalid");
        Assert.Contains(hint, problem.Json["detail"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_first_day_of_all_is_no_defect() =>
        Assert.Empty(
            (await Api.GetAsync("/v1/metrics?to=0001-01-01")).Expect(HttpStatusCode.OK).Json["rows"]!.AsArray());

    [Fact]
    public async Task Items_are_given_by_what_lists_led_to_and_day_by_day()
    {
        await using var api = await RunningApi.StartAsync(options => File.WriteAllText(
            Path.Combine(options.Folder, "recommendation.json"),
            """{"events":{"types":{"purchase":{"revenue":true}}}}"""));
        await Shop.FillAsync(api);
        var list = (await api.GetAsync("/v1/users/u5/recommendations?n=3")).Expect(HttpStatusCode.OK).Json;
        var id = list["recommendationId"]!.GetValue<string>();
        await api.PostAsync(
            "/v1/impressions", $$"""{"recommendationId":"{{id}}","userId":"u5","items":["i0","i2","i4"]}""");
        (await api.PostAsync(
            "/v1/interactions",
            $$"""
            [{"userId":"u5","itemId":"i0","interactionType":"click","recommendationId":"{{id}}"},
            {"userId":"u5","itemId":"i0","interactionType":"purchase","value":2.5,"currency":"EUR"},
            {"userId":"u5","itemId":"i0","interactionType":"purchase","value":3,"currency":"USD"},
            {"userId":"u5","itemId":"i2","interactionType":"click"}]
            """)).Expect(HttpStatusCode.OK);

        async Task<string[]> ItemsAsync(string order) =>
        [
            .. (await api.GetAsync($"/v1/metrics/items?order={order}&n=100")).Expect(HttpStatusCode.OK)
                .Json["items"]!.AsArray().Select(one => one!["itemId"]!.GetValue<string>()),
        ];
        Assert.Equal(["i0"], await ItemsAsync("conversions"));
        Assert.Equal(["i0", "i2"], await ItemsAsync("clicks"));
        Assert.Equal(["i0", "i2", "i4"], await ItemsAsync("impressions"));
        Assert.Equal(["i4"], await ItemsAsync("unclicked"));
        Assert.Equal(Shop.Items - 3, (await ItemsAsync("unseen")).Length);
        await api.SendAsync(HttpMethod.Patch, "/v1/items/i6", """{"available":false}""");
        Assert.Equal(Shop.Items - 4, (await ItemsAsync("unseen")).Length);

        var days = (await api.GetAsync("/v1/items/i0/metrics")).Expect(HttpStatusCode.OK).Json["days"]!.AsArray();
        var figures = Assert.Single(days)!["figures"]!;
        Assert.Equal("EUR 2.5, USD 3", string.Join(", ", figures["revenue"]!.AsArray().Select(one =>
            $"{one!["currency"]!.GetValue<string>()} {one["amount"]!.ToJsonString()}")));
        Assert.Equal((1, 1, 2), (
            figures["impressions"]!.GetValue<int>(), figures["clicks"]!.GetValue<int>(),
            figures["conversions"]!.GetValue<int>()));
        // Bought in the shop's own events, which no list led to.
        Assert.True(figures["otherConversions"]!.GetValue<int>() > 0);
        Assert.Empty((await api.GetAsync("/v1/items/nothing/metrics")).Json["days"]!.AsArray());
    }

    [Fact]
    public async Task Figures_are_told_apart_by_an_attribute_of_users()
    {
        await using var api = await RunningApi.StartAsync();
        foreach (var (user, country) in ((string, string?)[])[("a", "GB"), ("b", "GB"), ("c", "FR"), ("d", null)])
        {
            if (country is not null)
                await api.PutAsync($"/v1/users/{user}/attributes", $$"""{"country":"{{country}}"}""");
            await api.PostAsync("/v1/impressions", $$"""{"userId":"{{user}}","items":["x1"]}""");
        }
        var answer = (await api.GetAsync("/v1/metrics?segment=country")).Expect(HttpStatusCode.OK).Json;
        Assert.Equal("country", answer["segment"]!.GetValue<string>());
        Assert.Equal(
            ["FR 1", "GB 2", " 1"],
            answer["rows"]!.AsArray().Select(row => $"{row!["segment"]} {row["impressions"]}"));
        Assert.All(answer["rows"]!.AsArray(), row => Assert.Null(row!["items"]));
        Assert.False((await api.GetAsync("/v1/metrics")).Json.AsObject().ContainsKey("segment"));
        await api.DeleteAsync("/v1/users/a");
        answer = (await api.GetAsync("/v1/metrics?segment=country")).Expect(HttpStatusCode.OK).Json;
        Assert.Equal(
            ["FR 1", "GB 1", " 2"],
            answer["rows"]!.AsArray().Select(row => $"{row!["segment"]} {row["impressions"]}"));
    }

    [Fact]
    public async Task A_day_without_events_has_no_rows()
    {
        var day = DateTimeOffset.UnixEpoch.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        var answer = (await Api.GetAsync($"/v1/metrics?from={day}&to={day}")).Expect(HttpStatusCode.OK).Json;
        Assert.Empty(answer["rows"]!.AsArray());
    }
}
