using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Recommendation.Application;
using Recommendation.Modeling.Trainers;

namespace Recommendation.BatchProcessor.Tests;

public sealed class SettingsTests
{
    [Fact]
    public async Task The_function_reads_its_settings_from_the_environment()
    {
        await using var provider = Create("""{"serving":{"storedItems":40,"repeats":true},"model":{"rank":64}}""");

        var options = provider.GetRequiredService<RecommendationOptions>();
        Assert.Equal((40, true), (options.StoredItems, options.AllowRepeats));
        var model = provider.GetRequiredService<IOptions<ModelTrainerOptions>>().Value;
        Assert.Equal((64, true), (model.Rank, model.AllowRepeats));
    }

    [Fact]
    public void The_function_does_not_start_with_settings_that_can_not_be_used() =>
        Assert.Throws<OptionsValidationException>(() => Create("""{"serving":{"storedItems":0}}"""));

    private static ServiceProvider Create(string settings) => BatchHost.Create(name => name switch
    {
        "TABLE_NAME" => "table",
        "BUCKET_NAME" => "bucket",
        "LOG_LEVEL" => "None",
        "RECOMMENDATION_SETTINGS" => settings,
        _ => null,
    });
}
