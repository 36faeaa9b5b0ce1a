using System.Net;
using System.Text.RegularExpressions;
using Recommendation.AdminApi.Security;
using Recommendation.AdminApi.Tests.Given;

namespace Recommendation.AdminApi.Tests;

/// <summary>What Prometheus scrapes, and the rules and the dashboard that are made of it.</summary>
public sealed partial class ScrapeTests
{
    [Fact]
    public async Task A_scrape_has_many_series_and_names_nobody()
    {
        await using var api = await RunningApi.StartAsync();
        await ScrapeAsync(api);
        await api.PostAsync("/v1/interactions", """[{"userId":"secret-user","itemId":"secret-item"},{"userId":""}]""");
        await api.GetAsync("/v1/users/secret-user/recommendations");
        await api.GetAsync("/v1/users/secret-user/explain/secret-item");
        var text = await ScrapeAsync(api);

        Assert.DoesNotContain("secret", text, StringComparison.Ordinal);
        Assert.InRange(NamesOf(text).Count, 25, 500);
        foreach (var series in new[]
        {
            "recommendation_records_rejected_total{reason=\"invalid-user\"} ",
            "recommendation_lists_shown_total{source=\"popular\"} ",
            "recommendation_batch_users_total{outcome=\"failed\"} 0\n",
            "http_route=\"/v1/users/{id}/recommendations\"",
        })
            Assert.Contains(series, text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_text_is_what_Prometheus_reads()
    {
        await using var api = await RunningApi.StartAsync();
        await ScrapeAsync(api);
        await api.GetAsync("/v1/overview");
        var text = await ScrapeAsync(api);
        Assert.All(text.TrimEnd('\n').Split('\n'), line => Assert.Matches(Line(), line));
        var types = text.Split('\n').Where(line => line.StartsWith("# TYPE ", StringComparison.Ordinal)).ToList();
        Assert.Equal(types.Count, types.Select(line => line.Split(' ')[2]).Distinct(StringComparer.Ordinal).Count());
        AssertHistogram(
            text, "recommendation_request_duration_milliseconds", "outcome=\"done\",request=\"GetOverview\"");
    }

    [Theory]
    [InlineData("deploy/prometheus/rules.yml")]
    [InlineData("deploy/grafana/recommendation.json")]
    public async Task Each_series_of_the_files_is_in_a_scrape(string file)
    {
        await using var api = await RunningApi.StartAsync();
        await ScrapeAsync(api);
        await api.GetAsync("/v1/overview");
        var text = await ScrapeAsync(api);
        var known = NamesOf(text);
        known.UnionWith(Label().Matches(text).Select(match => match.Groups["name"].Value));
        var named = Series().Matches(await File.ReadAllTextAsync(Path.Combine(Repository(), file)))
            .Select(match => match.Value).ToHashSet(StringComparer.Ordinal);
        Assert.InRange(named.Count, 8, 200);
        // Measured when there is a model to measure, or a run.
        string[] later =
        [
            "recommendation_lists_ndcg_sum", "recommendation_lists_ndcg_count",
            "recommendation_list_age_seconds_bucket",
            "recommendation_records_lag_milliseconds_bucket", "recommendation_ranking_duration_milliseconds_bucket",
        ];
        Assert.Empty(named.Except(known).Except(later));
    }

    [Fact]
    public void Each_alert_has_a_section_in_the_runbook_and_mirrors_an_alarm_of_the_stack()
    {
        var rules = File.ReadAllText(Path.Combine(Repository(), "deploy/prometheus/rules.yml"));
        var runbook = File.ReadAllText(Path.Combine(Repository(), "docs/operations.md"));
        var alerts = Alert().Matches(rules).Select(match => match.Groups["name"].Value).ToList();
        Assert.InRange(alerts.Count, 8, 100);
        Assert.All(alerts, alert => Assert.Contains($"`{alert}`", runbook, StringComparison.Ordinal));
        var alarms = string.Concat(Directory.EnumerateFiles(Path.Combine(Repository(), "deploy/Monitoring"), "*.cs")
            .Select(File.ReadAllText));
        foreach (var name in Mirrored().Matches(rules).Select(match => match.Groups["alarm"].Value))
            Assert.Contains($"\"{name}\"", alarms, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Once_there_is_a_key_a_scrape_needs_one()
    {
        await using var api = await RunningApi.StartAsync();
        var (key, _) = api.Keys.Create(Role.Reader, "prometheus");
        for (var i = 0; i < 200 && (await api.GetAsync("/metrics")).Status == HttpStatusCode.OK; i++)
            await Task.Delay(50);
        (await api.GetAsync("/metrics")).ExpectProblem(HttpStatusCode.Unauthorized, "key-needed");
        (await api.GetAsync("/metrics", ("Authorization", $"Bearer {key}"))).Expect(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Without_keys_a_scrape_that_a_proxy_forwarded_is_refused()
    {
        await using var api = await RunningApi.StartAsync();
        (await api.GetAsync("/metrics", ("X-Forwarded-For", "192.0.2.1")))
            .ExpectProblem(HttpStatusCode.Forbidden, "not-local");
    }

    private static async Task<string> ScrapeAsync(RunningApi api)
    {
        var answer = (await api.GetAsync("/metrics")).Expect(HttpStatusCode.OK);
        Assert.Equal("text/plain", answer.MediaType);
        return answer.Body;
    }

    private static HashSet<string> NamesOf(string text) =>
        text.Split('\n').Where(line => line.Length > 0 && line[0] != '#').Select(line => line.Split('{', ' ')[0])
            .ToHashSet(StringComparer.Ordinal);

    /// <summary>Buckets rise, and the last one is the count.</summary>
    private static void AssertHistogram(string text, string name, string labels)
    {
        var buckets = text.Split('\n')
            .Where(line => line.StartsWith($"{name}_bucket{{{labels},le=", StringComparison.Ordinal)).ToList();
        var counts = buckets.ConvertAll(line => long.Parse(line.Split(' ')[^1], null));
        Assert.Equal(counts.Order(), counts);
        Assert.Contains("le=\"+Inf\"", buckets[^1], StringComparison.Ordinal);
        Assert.Contains($"{name}_count{{{labels}}} {counts[^1]}\n", text, StringComparison.Ordinal);
    }

    private static string Repository()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Recommendation.sln")))
            folder = folder.Parent ?? throw new InvalidOperationException("There is no repository above the tests.");
        return folder.FullName;
    }

    [GeneratedRegex(
        """^(# (HELP|TYPE) \w+ .+|[a-zA-Z_]\w*(\{\w+="([^"\\]|\\.)*"(,\w+="([^"\\]|\\.)*")*\})? [-+]?(\d[\d.]*(E[-+]?\d+)?|Inf|NaN))$""",
        RegexOptions.ExplicitCapture,
        1000)]
    private static partial Regex Line();

    [GeneratedRegex("\\b(recommendation|http|kestrel|dotnet)_[a-z_]+[a-z]", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Series();

    [GeneratedRegex("[{,](?<name>\\w+)=\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Label();

    [GeneratedRegex("^ *- alert: (?<name>\\w+)$", RegexOptions.ExplicitCapture | RegexOptions.Multiline, 1000)]
    private static partial Regex Alert();

    [GeneratedRegex("^ *alarm: (?<alarm>[a-z-]+)$", RegexOptions.ExplicitCapture | RegexOptions.Multiline, 1000)]
    private static partial Regex Mirrored();
}
