using Recommendation.Application.Ports;
using Recommendation.Domain.Scenarios;

namespace Recommendation.Local.InMemory;

/// <summary>The versions of scenarios in a list; gone with the process.</summary>
internal sealed class MemoryScenarios : IScenarios
{
    private readonly Lock _gate = new();
    private readonly List<ScenarioVersion> _versions = [];

    public Task<IReadOnlyList<ScenarioVersion>> ReadNewestAsync(CancellationToken cancellationToken) =>
        _gate.Do<IReadOnlyList<ScenarioVersion>>(
            () =>
            [
                .. _versions.GroupBy(version => version.Name)
                    .Select(versions => versions.MaxBy(version => version.Number)!)
                    .OrderBy(version => version.Name.Value, StringComparer.Ordinal),
            ],
            cancellationToken
        );

    public Task<IReadOnlyList<ScenarioVersion>> ReadVersionsAsync(
        ScenarioName name, CancellationToken cancellationToken) =>
        _gate.Do<IReadOnlyList<ScenarioVersion>>(
            () =>
            [
                .. _versions.Where(version => version.Name == name).OrderByDescending(version => version.Number),
            ],
            cancellationToken
        );

    public Task<bool> AddAsync(ScenarioVersion version, CancellationToken cancellationToken) =>
        _gate.Do(
            () =>
            {
                if (_versions.Exists(one => one.Name == version.Name && one.Number == version.Number))
                    return false;
                _versions.Add(version);
                return true;
            },
            cancellationToken
        );
}
