using Recommendation.Application.Scenarios;

namespace Recommendation.Cli.Output;

/// <summary>Versions of scenarios.</summary>
internal sealed record ScenariosDocument(IReadOnlyList<ScenarioDocument> Scenarios);
