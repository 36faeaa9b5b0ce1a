using MediatR;
using Recommendation.Application.Recommendations;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Scenarios;

namespace Recommendation.Application.Scenarios;

/// <summary>What a change of a scenario would do to the list of a user. Changes nothing.</summary>
/// <param name="Name">The scenario.</param>
/// <param name="Draft">What it would say.</param>
/// <param name="User">Whose list; null for somebody of whom nothing is known.</param>
public sealed record PreviewScenario(ScenarioName Name, Scenario Draft, UserId? User) : IRequest<PreviewedScenario>
{
    /// <summary>The basket that both lists are made for.</summary>
    public IReadOnlyList<ItemId> Basket { get; init; } = [];

    internal sealed class Handler(IMediator mediator, Ports.IScenarios scenarios)
        : IRequestHandler<PreviewScenario, PreviewedScenario>
    {
        public async Task<PreviewedScenario> Handle(PreviewScenario request, CancellationToken cancellationToken)
        {
            var versions = await scenarios.ReadVersionsAsync(request.Name, cancellationToken);
            var known = versions is [{ Scenario: { } current }, ..] ? current : new Scenario();
            return new(await ListAsync(known), await ListAsync(request.Draft));

            Task<ShownList> ListAsync(Scenario scenario) => mediator.Send(
                new RecommendForScenario(request.Name, request.User) { Draft = scenario, Basket = request.Basket },
                cancellationToken);
        }
    }
}

/// <summary>The lists before and after the change.</summary>
public sealed record PreviewedScenario(ShownList Before, ShownList After);
