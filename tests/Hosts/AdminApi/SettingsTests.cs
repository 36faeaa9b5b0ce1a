using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Recommendation.AdminApi.Tests.Given;
using Recommendation.Application;

namespace Recommendation.AdminApi.Tests;

public sealed class SettingsTests
{
    [Fact]
    public async Task The_api_reads_the_settings_of_its_data_folder()
    {
        var folder = Directory.CreateTempSubdirectory("settings-");
        try
        {
            await File.WriteAllTextAsync(
                Path.Combine(folder.FullName, "recommendation.json"),
                """{"serving":{"storedItems":40,"realtimeBudgetMilliseconds":321}}"""
            );
            await using var api = await RunningApi.StartAsync(folder: folder.FullName);

            var options = api.Services.GetRequiredService<RecommendationOptions>();
            Assert.Equal(
                (40, 321, 1000),
                (
                    options.StoredItems,
                    (int)options.RealtimeBudget.TotalMilliseconds,
                    (int)options.FirstListBudget.TotalMilliseconds
                )
            );

            await File.WriteAllTextAsync(
                Path.Combine(folder.FullName, "recommendation.json"),
                """{"serving":{"storedItem":40}}"""
            );
            Assert.Contains(
                "did you mean 'storedItems'?",
                (
                    await Assert.ThrowsAsync<OptionsValidationException>(() =>
                        RunningApi.StartAsync(folder: folder.FullName)
                    )
                ).Message,
                StringComparison.Ordinal
            );
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
