using Recommendation.Domain;
using Recommendation.Domain.Interactions;

namespace Recommendation.Application.Retrieval;

/// <summary>
/// A place in the sequence of candidates that a list is chosen from. Two sequences whose places are equal hold the same
/// candidates before it, in whatever order.
/// </summary>
/// <param name="Candidates">How many distinct candidates come before the place, eligible or not.</param>
/// <param name="Sum">The sum of their hashes.</param>
public readonly record struct SequencePlace(int Candidates, ulong Sum)
{
    internal SequencePlace After(ItemId item) => new(Candidates + 1, unchecked(Sum + StableHash.Of(item.Value)));
}
