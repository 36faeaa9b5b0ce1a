using MediatR;
using Recommendation.Application.Ports;
using Recommendation.Domain.Scenarios;

namespace Recommendation.Application.Scenarios;

/// <summary>The scenarios in force, or all versions of one.</summary>
/// <param name="Name">The scenario whose versions are listed, newest first; null for the newest of each.</param>
public sealed record ListScenarios(ScenarioName? Name = null) : IRequest<ListedScenarios>
{
    internal sealed class Handler(IScenarios scenarios) : IRequestHandler<ListScenarios, ListedScenarios>
    {
        public async Task<ListedScenarios> Handle(ListScenarios request, CancellationToken cancellationToken)
        {
            if (request.Name is not { } name)
            {
                var newest = await scenarios.ReadNewestAsync(cancellationToken);
                return new([.. newest.Where(version => version.Scenario is not null)]);
            }
            var versions = await scenarios.ReadVersionsAsync(name, cancellationToken);
            return versions.Count > 0
                ? new(versions) : throw RefusedException.Missing($"There is no scenario '{name}'.");
        }
    }
}

/// <summary>Versions of scenarios.</summary>
public sealed record ListedScenarios(IReadOnlyList<ScenarioVersion> Versions);
