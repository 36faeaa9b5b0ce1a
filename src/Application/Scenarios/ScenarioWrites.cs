using Recommendation.Application.Ports;
using Recommendation.Domain;
using Recommendation.Domain.Scenarios;

namespace Recommendation.Application.Scenarios;

/// <summary>Adds versions of scenarios, whoever adds others meanwhile.</summary>
internal sealed class ScenarioWrites(IScenarios scenarios, ScenarioCatalogue catalogue, TimeProvider time)
{
    private const int Attempts = 10;

    /// <param name="name">The scenario.</param>
    /// <param name="scenario">What it says from now on; null to delete it.</param>
    /// <param name="by">Who does this.</param>
    /// <param name="reason">Why.</param>
    /// <param name="cancellationToken">Stops it.</param>
    internal async Task<ScenarioVersion> AddAsync(
        ScenarioName name, Scenario? scenario, string by, string? reason, CancellationToken cancellationToken)
    {
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var newest = (await scenarios.ReadVersionsAsync(name, cancellationToken)) is [var one, ..] ? one.Number : 0;
            var version = new ScenarioVersion(
                name, newest + 1, Timestamps.ToMilliseconds(time.GetUtcNow()), by, reason, scenario);
            if (await scenarios.AddAsync(version, cancellationToken))
            {
                catalogue.Renew();
                return version;
            }
        }
        throw new StoreUnavailableException(
            $"The scenario '{name}' is being changed by others all the time; try again."
        );
    }
}
