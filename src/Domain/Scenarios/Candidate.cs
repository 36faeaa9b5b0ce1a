using Recommendation.Domain.Recommendations;

namespace Recommendation.Domain.Scenarios;

/// <summary>An item that may be in a list of a scenario, with what the rules say of it.</summary>
/// <param name="Item">The item with its score after the boosts.</param>
/// <param name="Block">Items of a lower block come first, whatever their scores: popular items fill up.</param>
/// <param name="Promotion">The promotion that it belongs to; null for none.</param>
/// <param name="Values">Its values of the attribute that diversity looks at.</param>
/// <param name="Rules">The rules that moved it so far, for the explanation.</param>
public sealed record Candidate(
    RankedItem Item, int Block, int? Promotion, IReadOnlyList<string> Values, IReadOnlyList<string> Rules)
{
    /// <summary>The product of which it is a variant; a list holds one of them at most. Null if it counts for itself.
    /// </summary>
    public string? Product { get; init; }
}
