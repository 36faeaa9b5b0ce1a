using Recommendation.Domain.Interactions;

namespace Recommendation.Domain.Profiles;

/// <summary>How many interactions of a type a profile has counted.</summary>
public readonly record struct TypeCount(InteractionType Type, long Count);
