using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Recommendation.Application;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Profiles;

namespace Recommendation.Settings.Tests;

public sealed class SettingsSourceTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("settings").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void The_file_of_the_data_folder_counts_if_nothing_else_is_given()
    {
        Assert.Equal("100", StoredItems(folder: _folder));
        Write(SettingsSource.FileName, 7);
        Assert.Equal("7", StoredItems(folder: _folder));
        Assert.Equal("8", StoredItems(folder: _folder, variable: """ { "serving": { "storedItems": 8 } }"""));
        Assert.Equal("9", StoredItems(folder: _folder, variable: Write("other.json", 9)));
        Assert.Equal(
            "10",
            StoredItems(file: Write("third.json", 10), folder: _folder, variable: Write("other.json", 9))
        );
    }

    [Fact]
    public void A_file_that_is_named_and_missing_is_refused()
    {
        var missing = Path.Combine(_folder, "missing.json");

        Assert.Contains(
            missing,
            Assert.Throws<OptionsValidationException>(() => StoredItems(file: missing)).Message,
            StringComparison.Ordinal
        );
        Assert.Contains(
            missing,
            Assert.Throws<OptionsValidationException>(() => StoredItems(variable: missing)).Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Settings_count_over_the_hosts_own_defaults_and_reach_profiles()
    {
        var settings = SettingsReaderTests.Read("""
            { "profiles": { "recentInteractions": 3 }, "serving": { "firstListBudgetMilliseconds": 9 },
              "events": { "types": { "listen": { "weight": 2 } } } }
            """).Require();
        var services = new ServiceCollection();
        services
            .AddRecommendation(options =>
                (options.FirstListBudget, options.RealtimeBudget) = (TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(30))
            )
            .UseSettings(settings);
        using var provider = services.BuildServiceProvider();

        var options = provider.GetRequiredService<RecommendationOptions>();
        Assert.Equal(
            (TimeSpan.FromMilliseconds(9), TimeSpan.FromSeconds(30)),
            (options.FirstListBudget, options.RealtimeBudget)
        );
        var policy = provider.GetRequiredService<ProfilePolicy>();
        Assert.Equal(3, policy.RecentLimit);
        Assert.True(policy.EventTypes.IsKnown(InteractionType.Parse("listen")));
        Assert.Same(policy.EventTypes, provider.GetRequiredService<EventTypeSettings>());
    }

    [Fact]
    public void The_published_schema_is_the_one_of_the_options()
    {
        var path = Path.Combine(Root(), "docs", "recommendation.schema.json");

        Assert.Equal(SettingsSchema.Text(), File.ReadAllText(path));
    }

    [Fact]
    public void The_page_of_settings_names_each_setting_with_its_default()
    {
        var page = File.ReadAllLines(Path.Combine(Root(), "docs", "settings.md"));

        foreach (var setting in SettingsTable.All)
            Assert.Contains(
                page,
                line => line.StartsWith($"| `{setting.Path}` | {setting.Default} |", StringComparison.Ordinal)
            );
        foreach (var (name, type) in EventTypeSettings.Default.Types)
        {
            var row = FormattableString.Invariant($"| `{name}` | {type.Weight} | {(type.Hides ? "yes" : "no")} |");
            Assert.Contains(
                page,
                line =>
                    line.StartsWith(row, StringComparison.Ordinal)
                    && type.Aliases.All(alias => line.Contains($"`{alias}`", StringComparison.Ordinal))
            );
        }
    }

    private static string StoredItems(string? file = null, string? folder = null, string? variable = null) =>
        SettingsSource.Read(file, folder, name => name == SettingsSource.Variable ? variable : null).Require()
            .Values.Single(value => value.Path == "serving.storedItems").Value;

    private string Write(string name, int items)
    {
        var path = Path.Combine(_folder, name);
        File.WriteAllText(path, $$"""{ "serving": { "storedItems": {{items}} } }""");
        return path;
    }

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Recommendation.sln")))
            folder = folder.Parent;
        return folder!.FullName;
    }
}
