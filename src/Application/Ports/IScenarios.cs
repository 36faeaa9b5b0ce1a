using Recommendation.Domain.Scenarios;

namespace Recommendation.Application.Ports;

/// <summary>Keeps every version of every scenario.</summary>
public interface IScenarios
{
    /// <returns>The newest version of each scenario, by name; also of those that were deleted.</returns>
    Task<IReadOnlyList<ScenarioVersion>> ReadNewestAsync(CancellationToken cancellationToken);

    /// <returns>All versions of a scenario, newest first; empty if there never was one.</returns>
    Task<IReadOnlyList<ScenarioVersion>> ReadVersionsAsync(ScenarioName name, CancellationToken cancellationToken);

    /// <summary>Adds a version.</summary>
    /// <returns>Whether it was added: not if there is a version of this number already.</returns>
    Task<bool> AddAsync(ScenarioVersion version, CancellationToken cancellationToken);
}
