namespace Recommendation.Domain.Models;

/// <summary>Whether a model may become the current one by itself.</summary>
/// <param name="Passed">Whether it may.</param>
/// <param name="Reasons">At least one sentence: what was compared, or what falls short.</param>
public sealed record GateVerdict(bool Passed, IReadOnlyList<string> Reasons)
{
    public static GateVerdict Pass(string reason) => new(Passed: true, [reason]);

    public static GateVerdict Fail(string reason) => new(Passed: false, [reason]);
}
