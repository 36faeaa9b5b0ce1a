namespace Recommendation.Domain.Scenarios;

/// <summary>One version of a scenario. Versions are never changed; the newest is in force.</summary>
/// <param name="Name">The scenario.</param>
/// <param name="Number">From 1, without gaps.</param>
/// <param name="At">When it was made.</param>
/// <param name="By">Who made it.</param>
/// <param name="Reason">Why; null if nothing was said.</param>
/// <param name="Scenario">What it says; null if the scenario was deleted.</param>
public sealed record ScenarioVersion(
    ScenarioName Name, int Number, DateTimeOffset At, string By, string? Reason, Scenario? Scenario);
