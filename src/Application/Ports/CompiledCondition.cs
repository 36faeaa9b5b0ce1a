using Recommendation.Domain.Items;

namespace Recommendation.Application.Ports;

/// <summary>
/// A compiled condition: whether it holds. It never throws. Where it can't be decided, because an attribute is absent
/// for example, it does not hold.
/// </summary>
public delegate bool Condition(in ConditionScope scope);

/// <summary>What an index can tell of a condition for a user and a request.</summary>
public delegate ItemSelector ConditionSelector(in ConditionScope scope);

/// <summary>A condition that was checked and compiled.</summary>
/// <param name="Holds">Evaluates it for an item.</param>
/// <param name="Select">
/// What an index can tell; the item of the scope is not looked at. It selects every item for which the condition holds.
/// </param>
/// <param name="IsOfItem">Whether the condition depends on nothing but the item.</param>
public sealed record CompiledCondition(Condition Holds, ConditionSelector Select, bool IsOfItem);
