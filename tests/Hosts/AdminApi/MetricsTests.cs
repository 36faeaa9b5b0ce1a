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
    public async Task Figures_of_nothing_that_is_known_are_refused(string query) =>
        (await Api.GetAsync("/v1/metrics?" + query)).ExpectProblem(HttpStatusCode.BadRequest, "invalid");

    [Fact]
    public async Task A_day_without_events_has_no_rows()
    {
        var day = DateTimeOffset.UnixEpoch.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        var answer = (await Api.GetAsync($"/v1/metrics?from={day}&to={day}")).Expect(HttpStatusCode.OK).Json;
        Assert.Empty(answer["rows"]!.AsArray());
    }
}
