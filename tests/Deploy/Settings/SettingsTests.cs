using System.Globalization;
using Recommendation.Aws.Costs;
using Recommendation.Deploy.Settings;

namespace Recommendation.Deploy.Tests.Settings;

public sealed class SettingsTests
{
    [Theory]
    [InlineData("environmentSuffix", "Dev_1", "environmentSuffix is 'Dev_1'; give 1–16 of a–z")]
    [InlineData("environment", "staging", "environment is 'staging'; give 'dev' or 'prod'.")]
    [InlineData("stream.shards", "four", "stream.shards is 'four'; give a whole number.")]
    [InlineData("stream.shards", "0", "stream.shards is 0; give 1–500.")]
    [InlineData("stream.retentionHours", "12", "stream.retentionHours is 12; give 24–8760.")]
    [InlineData("stream.retentionHours", "170", "stream.retentionHours is 170; give at most 169")]
    [InlineData("stream.parallelization", "2", "set stream.partitionKeyIsUser=true as well")]
    [InlineData("stream.concurrency", "3", "give at least shards × parallelization = 4")]
    [InlineData("stream.startingPosition", "NEWEST", "give 'TRIM_HORIZON' or 'LATEST'.")]
    [InlineData("stream.partitionKeyIsUser", "yes", "give 'true' or 'false'.")]
    [InlineData("table.maximumCapacity", "4", "give at least table.minimumCapacity, 5.")]
    [InlineData("profiles.billing", "monthly", "give 'on-demand' or 'provisioned'.")]
    [InlineData("batch.concurrency", "0", "batch.concurrency is 0; give 1–1000.")]
    [InlineData("table.profileDays", "1", "give at least the stream's retention and a day")]
    [InlineData("functions.streamMemory", "64", "functions.streamMemory is 64; give 128–10240.")]
    [InlineData("functions.architecture", "arm", "give 'x86_64' or 'arm64'.")]
    [InlineData("functions.logDays", "2", "CloudWatch offers 1, 3, 5")]
    [InlineData("model.image", "latest", "give an image in ECR")]
    [InlineData("model.artefact", "s3://bucket/model.tar.gz", "given without model.image")]
    [InlineData("alarms.email", "me", "give one mail address.")]
    [InlineData(
        "api.callers",
        "123456789012:role/shop=writer shop=reader",
        "api.callers holds 'shop=reader'; give ACCOUNT:role/NAME=ROLE"
    )]
    [InlineData("stream.shard", "4", "stream.shard is no setting; docs/deploy.md lists them.")]
    public void What_can_not_be_deployed_is_refused_with_what_to_give(string key, string value, string sentence)
    {
        var refused = Assert.Throws<SettingsException>(() => Read((key, value)));
        Assert.Contains(sentence, Assert.Single(refused.Problems), StringComparison.Ordinal);
    }

    [Fact]
    public void All_problems_are_told_at_once() =>
        Assert.Equal(
            3,
            Assert
                .Throws<SettingsException>(() =>
                    Read(("stream.shards", "0"), ("api.burst", "0"), ("bucket.colour", "red"))
                )
                .Problems.Count
        );

    [Fact]
    public void The_settings_of_the_engine_are_checked_whole_and_made_compact()
    {
        var path = Path.GetTempFileName();
        try
        {
            File.WriteAllText(
                path,
                """{ "$schema": "x", "serving": { "repeats": true, }, /* why */ "events": { "types": { "listen": { "weight": 2 } } } }"""
            );
            Assert.Equal(
                """{"serving":{"repeats":true},"events":{"types":{"listen":{"weight":2}}}}""",
                Read(("settings", path)).Engine
            );
            Assert.Null(Read().Engine);

            File.WriteAllText(path, """{ "serving": { "repeat": true, "storedItems": 0 } }""");
            var problems = Assert.Throws<SettingsException>(() => Read(("settings", path))).Problems;
            Assert.Equal(2, problems.Count);
            Assert.Contains(problems, problem => problem.Contains("did you mean 'repeats'?", StringComparison.Ordinal));

            File.WriteAllText(
                path,
                $$"""{ "events": { "types": { "listen": { "weight": 2, "aliases": [{{string.Join(',', Enumerable.Range(0, 300).Select(n => $"\"alias{n}\""))}}] } } } }"""
            );
            Assert.Contains(
                "2500 at most",
                Assert.Single(Assert.Throws<SettingsException>(() => Read(("settings", path))).Problems),
                StringComparison.Ordinal
            );
        }
        finally
        {
            File.Delete(path);
        }
        Assert.Contains(
            "can't be read",
            Assert.Single(Assert.Throws<SettingsException>(() => Read(("settings", path))).Problems),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Keys_of_others_are_left_alone() =>
        Assert.Equal("dev", Read(("@aws-cdk/core:flag", "true"), ("other", "x")).Suffix);

    [Fact]
    public void The_suffix_prod_is_protected_and_any_other_can_be()
    {
        var email = ("alarms.email", "operators@example.com");
        Assert.True(Read(("environmentSuffix", "prod"), email).IsProtected);
        Assert.False(Read(("environmentSuffix", "qa")).IsProtected);
        Assert.True(Read(("environmentSuffix", "qa"), ("environment", "prod"), email).IsProtected);
    }

    [Theory]
    [InlineData("prod")]
    [InlineData("qa")]
    public void A_production_stack_of_whose_alarms_nobody_would_hear_is_refused(string suffix)
    {
        var refused = Assert.Throws<SettingsException>(() =>
            Read(("environmentSuffix", suffix), ("environment", "prod"))
        );
        Assert.Contains("give -c alarms.email=", Assert.Single(refused.Problems), StringComparison.Ordinal);
    }

    [Fact]
    public void Every_setting_of_the_table_can_be_set_and_read_back()
    {
        var settings = Environments.Of("prod", "prod");
        foreach (var setting in SettingsTable.All)
        {
            var text = setting.Read(settings) is { Length: > 0 } given ? given : "7";
            Assert.Equal(text, setting.Read(setting.Apply(settings, text)));
        }
        Assert.Equal(SettingsTable.All.Count, SettingsTable.All.Select(setting => setting.Key).Distinct().Count());
    }

    [Fact]
    public void Both_environments_can_be_deployed_as_they_are_but_for_the_address_of_alarms()
    {
        Assert.Empty(SettingsRules.Problems(Environments.Of("dev", "dev")));
        var prod = Environments.Of("prod", "prod");
        Assert.Empty(
            SettingsRules.Problems(prod with { Alarms = prod.Alarms with { Email = "operators@example.com" } })
        );
    }

    [Fact]
    public void The_command_lines_context_is_read_and_what_the_CDK_keeps_in_it_is_left_out()
    {
        var context = CommandLineContext.Read(
            """{"environmentSuffix":"qa","stream.shards":2,"profiles.billing":"provisioned","@aws-cdk/core:list":["aws"],"aws:cdk:enable":{"a":1}}"""
        );
        Assert.Equal(["environmentSuffix", "stream.shards", "profiles.billing"], context.Keys);
        Assert.Equal(
            (2, false),
            (SettingsReader.Read(null, context).Stream.Shards, SettingsReader.Read(null, context).Table.OnDemand)
        );
        Assert.Empty(CommandLineContext.Read(null));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1_000_000)]
    [InlineData(100_000_000)]
    [InlineData(1_000_000_000)]
    [InlineData(10_000_000_000)]
    public void What_a_load_asks_for_can_be_deployed_and_is_more_than_the_stack_has_without_it(long events)
    {
        var settings = new StackSize(new MeasuredSizes()).SettingsOf(new Workload("w", events) { IsProtected = true })
            .Select(setting => setting.Split('=')).Select(pair => (pair[0], pair[1])).ToArray();
        // Production is checked for an address, too.
        var sized = Read([("environmentSuffix", "qa"), .. settings]);
        Assert.Empty(
            SettingsRules.Problems(sized with { Alarms = sized.Alarms with { Email = "operator@example.com" } })
        );
        var usual = SettingsTable.All.ToDictionary(
            setting => setting.Key,
            setting => setting.Read(Environments.Of("dev", "qa")),
            StringComparer.Ordinal
        );
        Assert.Equal(events > 5_000_000_000, settings.Any(setting => setting.Item2 == "on-demand"));
        Assert.All(
            settings.Where(setting => setting.Item2 != "on-demand"),
            setting =>
                Assert.True(
                    int.Parse(setting.Item2, CultureInfo.InvariantCulture)
                        > int.Parse(usual[setting.Item1], CultureInfo.InvariantCulture)
                )
        );
        Assert.Equal(events >= 1_000_000_000, settings.Any(setting => setting.Item1 == "table.indexSplits"));
    }

    private static StackSettings Read(params (string Key, string Value)[] context) =>
        SettingsReader.Read(null, context.ToDictionary(pair => pair.Key, pair => pair.Value, StringComparer.Ordinal));
}
