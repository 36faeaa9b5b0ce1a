using Recommendation.Domain.Interactions;

namespace Recommendation.Application.Ports;

/// <summary>What became of an appended interaction.</summary>
/// <param name="Position">Where it is; where it already was, for a duplicate, if the log knows.</param>
/// <param name="IsDuplicate">
/// The log did not add it: it already held the user's event of that id, or an erasure of the user covers what it is
/// redriven from.
/// </param>
public readonly record struct AppendOutcome(Position Position, bool IsDuplicate)
{
    public static AppendOutcome Appended(Position position) => new(position, IsDuplicate: false);

    public static AppendOutcome Duplicate() => new(Position.Unassigned, IsDuplicate: true);
}
