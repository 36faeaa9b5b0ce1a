using FluentValidation;
using MediatR;
using Recommendation.Domain.Scenarios;

namespace Recommendation.Application.Scenarios;

/// <summary>Puts a scenario in force as its next version; earlier versions are kept.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Scenario">What it says.</param>
/// <param name="By">Who does this.</param>
/// <param name="Reason">Why; null if nothing is said.</param>
public sealed record PutScenario(ScenarioName Name, Scenario Scenario, string By, string? Reason = null)
    : IRequest<ScenarioVersion>
{
    /// <summary>The longest reason, in characters.</summary>
    public const int MaximumReason = 500;

    internal sealed class Validator : AbstractValidator<PutScenario>
    {
        public Validator() => RuleFor(request => request.Reason).MaximumLength(MaximumReason)
            .WithMessage($"A reason has at most {MaximumReason} characters.");
    }

    internal sealed class Handler(ScenarioCompiler compiler, ScenarioSchema schema, ScenarioWrites writes)
        : IRequestHandler<PutScenario, ScenarioVersion>
    {
        public async Task<ScenarioVersion> Handle(PutScenario request, CancellationToken cancellationToken)
        {
            compiler.Compile(request.Name, 0, request.Scenario, await schema.ReadAsync(cancellationToken));
            return await writes.AddAsync(request.Name, request.Scenario, request.By, request.Reason, cancellationToken);
        }
    }
}
