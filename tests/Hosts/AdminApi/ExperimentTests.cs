using System.Net;
using System.Text.Json.Nodes;
using Recommendation.AdminApi.Security;
using Recommendation.AdminApi.Tests.Given;

namespace Recommendation.AdminApi.Tests;

/// <summary>Experiments over HTTP: started, read day by day, stopped and promoted; and what is refused.</summary>
public sealed class ExperimentTests(ShopFixture shop) : IClassFixture<ShopFixture>
{
    private RunningApi Api => shop.Api;

    [Fact]
    public async Task An_experiment_is_started_read_and_stopped_and_its_changes_say_who_and_why()
    {
        var model = (await Api.GetAsync("/v1/models")).Json["current"]!.GetValue<string>();
        var started = (await Api.PostAsync(
            "/v1/experiments",
            $$"""
            {"name":"lamps","layer":"lamps","traffic":0.2,"holdOut":0.1,"effect":0.5,"why":"a try",
            "metric":"conversion","variants":[{"name":"b","share":0.4,"model":"{{model}}"}],"overrides":{"u1":"b"},
            "guardrails":[{"metric":"ctr","tolerance":0.02}]}
            """)).Expect(HttpStatusCode.OK).Json;
        Assert.Equal(("running", "conversion", 0.2, 1), (
            Text(started, "state"), Text(started, "metric"), Math.Round(started["traffic"]!.GetValue<double>(), 6),
            started["overrides"]!.GetValue<int>()));
        Assert.Equal([0.5, 0.4], started["variants"]!.AsArray().Select(one =>
            Math.Round(one!["share"]!.GetValue<double>(), 6)));

        var shown = (await Api.GetAsync("/v1/experiments/lamps")).Expect(HttpStatusCode.OK).Json;
        Assert.Equal("undecided", Text(shown, "decision"));
        var days = (await Api.GetAsync("/v1/experiments/lamps/history")).Expect(HttpStatusCode.OK).Json;
        var day = Assert.Single(days["days"]!.AsArray())!;
        Assert.Equal(["control", "b"], day["variants"]!.AsArray().Select(one => Text(one!, "name")));
        Assert.Contains(
            "lamps", (await Api.GetAsync("/v1/experiments")).Json["experiments"]!.AsArray().Select(one =>
                Text(one!, "name")));

        var stopped = (await Api.PostAsync("/v1/experiments/lamps/stop", """{"why":"enough"}"""))
            .Expect(HttpStatusCode.OK).Json;
        Assert.Equal(["running local a try", "stopped local enough"], stopped["changes"]!.AsArray().Select(one =>
            $"{Text(one!, "state")} {Text(one!, "by")} {Text(one!, "why")}"));
        Refused(await Api.PostAsync("/v1/experiments/lamps/stop", """{"why":"again"}"""), "has ended");
        Refused(await Api.PostAsync("/v1/experiments/lamps/promote", """{"variant":"b","why":"x"}"""), "has ended");
        Refused(await Api.PostAsync("/v1/experiments", Body("lamps")), "choose another one");
    }

    [Fact]
    public async Task A_variant_that_wins_is_promoted_and_the_control_can_not_be()
    {
        var model = (await Api.GetAsync("/v1/models")).Json["current"]!.GetValue<string>();
        await Api.PostAsync(
            "/v1/experiments",
            Body("chairs", ""","layer":"chairs" """, $$"""{"name":"b","share":0.5,"model":"{{model}}"}"""));
        Missing(
            await Api.PostAsync("/v1/experiments/chairs/promote", """{"variant":"c","why":"x"}"""), "no variant 'c'");
        Refused(
            await Api.PostAsync("/v1/experiments/chairs/promote", """{"variant":"control","why":"x"}"""),
            "Stop the experiment instead");
        Refused(await Api.PostAsync("/v1/experiments/chairs/promote", """{"variant":"b","why":" "}"""), "Say why");
        var promoted = (await Api.PostAsync("/v1/experiments/chairs/promote", """{"variant":"b","why":"more"}"""))
            .Expect(HttpStatusCode.OK).Json;
        Assert.Equal("promoted", Text(promoted, "state"));
    }

    [Theory]
    [InlineData("""{"name":"x","why":"y"}""", "variants")]
    [InlineData("""{"name":"x","why":"y","variants":[null]}""", "variants[0] is null")]
    [InlineData("""{"name":"X y!","why":"y","variants":[{"name":"b","share":0.5}]}""", "name")]
    [InlineData("""{"name":"x","why":"y","variants":[{"name":"b","share":"half"}]}""", "share")]
    [InlineData("""{"name":"x","why":"y","variants":[{"name":"b","share":0.5,"model":"../a"}]}""", "model")]
    [InlineData("[]", "JSON")]
    public async Task A_body_that_is_no_experiment_is_refused_with_what_to_do(string body, string hint)
    {
        var problem = (await Api.PostAsync("/v1/experiments", body))
            .ExpectProblem(HttpStatusCode.BadRequest, "invalid");
        Assert.Contains(hint, Text(problem.Json, "detail"), StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData(""","guardrails":[null]""", "guardrails[0] is null")]
    [InlineData(""","overrides":{"u1":null}""", "'u1' is null")]
    [InlineData(""","overrides":{"":"b"}""", "User id is missing")]
    [InlineData(""","metric":"joy" """, "ctr, conversion or")]
    [InlineData(""","colour":1""", "colour")]
    public Task A_member_that_is_no_part_of_an_experiment_is_refused_with_what_to_do(string members, string hint) =>
        A_body_that_is_no_experiment_is_refused_with_what_to_do(Body("x", members), hint);

    [Theory]
    [InlineData(""","traffic":0""", "more than 0 %")]
    [InlineData(""","traffic":2""", "no 200 % of the users left")]
    [InlineData(""","holdOut":0.6""", "0–50 %")]
    [InlineData(""","effect":2""", "0.1–100 %")]
    [InlineData(""","metric":"revenue" """, "name it, such as EUR")]
    [InlineData(""","metric":"revenue","currency":"euros" """, "'euros' is no currency")]
    [InlineData(""","guardrails":[{"metric":"revenue","tolerance":0.1}]""", "name it, such as EUR")]
    [InlineData(""","guardrails":[{"metric":"ctr","tolerance":1}]""", "0–99 %")]
    [InlineData(
        ""","guardrails":[{"metric":"ctr","tolerance":0.1},{"metric":"ctr","tolerance":0.2}]""", "two guardrails")]
    [InlineData(""","overrides":{"u1":"z"}""", "names 'z'")]
    public async Task An_experiment_that_can_not_be_is_refused_with_what_to_do(string members, string hint) =>
        Refused(await Api.PostAsync("/v1/experiments", Body("wrong", members)), hint);

    [Fact]
    public async Task Variants_and_models_are_checked()
    {
        Refused(await Api.PostAsync("/v1/experiments", Body("wrong", "", """{"name":"b","share":1}""")), "0.1 %");
        Refused(
            await Api.PostAsync("/v1/experiments", Body("wrong", "", """{"name":"control","share":0.5}""")), "control");
        Missing(
            await Api.PostAsync("/v1/experiments", Body("wrong", "", """{"name":"b","share":0.5,"model":"none"}""")),
            "no model 'none'");
        Refused(
            await Api.PostAsync("/v1/experiments", """{"name":"wrong","variants":[],"why":"x"}"""), "2–10 variants");
        foreach (var path in (string[])["", "/history"])
            Missing(await Api.GetAsync($"/v1/experiments/unknown{path}"), "no experiment 'unknown'");
        Missing(await Api.PostAsync("/v1/experiments/unknown/stop", """{"why":"x"}"""), "no experiment 'unknown'");
        (await Api.PostAsync("/v1/experiments/unknown/stop", "{}")).ExpectProblem(HttpStatusCode.BadRequest, "invalid");
    }

    [Fact]
    public async Task A_currency_is_taken_in_small_letters_and_none_stands_for_amounts_without_one()
    {
        (string, string, string)[] cases = [("euro", "eur", "EUR"), ("other", "None", "none")];
        foreach (var (name, given, kept) in cases)
        {
            var body = Body(name, $$""","layer":"{{name}}","metric":"revenue","currency":"{{given}}" """);
            var started = (await Api.PostAsync("/v1/experiments", body)).Expect(HttpStatusCode.OK).Json;
            Assert.Equal(kept, Text(started, "currency"));
            await Api.PostAsync($"/v1/experiments/{name}/stop", """{"why":"done"}""");
        }
    }

    [Fact]
    public async Task Readers_read_experiments_and_do_not_start_them()
    {
        await using var api = await RunningApi.StartAsync();
        var (reader, _) = api.Keys.Create(Role.Reader, "office");
        (string, string)[] key = [("Authorization", $"Bearer {reader}")];
        (await api.GetAsync("/v1/experiments", key)).Expect(HttpStatusCode.OK);
        foreach (var path in (string[])["", "/x/stop", "/x/promote"])
            (await api.PostAsync($"/v1/experiments{path}", "{}", key)).Expect(HttpStatusCode.Forbidden);
    }

    private static string Body(string name, string members = "", string variant = """{"name":"b","share":0.5}""") =>
        $$"""{"name":"{{name}}","why":"a try","variants":[{{variant}}]{{members}}}""";

    private static void Refused(Answer answer, string hint) => Assert.Contains(
        hint, Text(answer.ExpectProblem(HttpStatusCode.Conflict, "refused").Json, "detail"), StringComparison.Ordinal);

    private static void Missing(Answer answer, string hint) => Assert.Contains(
        hint,
        Text(answer.ExpectProblem(HttpStatusCode.NotFound, "not-found").Json, "detail"),
        StringComparison.Ordinal);

    private static string Text(JsonNode json, string member) => json[member]!.GetValue<string>();
}
