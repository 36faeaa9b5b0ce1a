using MediatR;
using Recommendation.Application.Ports;
using Recommendation.Domain.Scenarios;

namespace Recommendation.Application.Scenarios;

/// <summary>Deletes a scenario. Its versions are kept, so that it can be put again.</summary>
/// <param name="Name">Its name.</param>
/// <param name="By">Who does this.</param>
/// <param name="Reason">Why; null if nothing is said.</param>
public sealed record DeleteScenario(ScenarioName Name, string By, string? Reason = null) : IRequest<ScenarioVersion>
{
    internal sealed class Handler(IScenarios scenarios, ScenarioWrites writes)
        : IRequestHandler<DeleteScenario, ScenarioVersion>
    {
        public async Task<ScenarioVersion> Handle(DeleteScenario request, CancellationToken cancellationToken)
        {
            if (await scenarios.ReadVersionsAsync(request.Name, cancellationToken) is not [{ Scenario: not null }, ..])
                throw RefusedException.Missing($"There is no scenario '{request.Name}'.");
            return await writes.AddAsync(request.Name, null, request.By, request.Reason, cancellationToken);
        }
    }
}
