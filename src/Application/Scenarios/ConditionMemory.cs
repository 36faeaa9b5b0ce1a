using System.Runtime.CompilerServices;
using Recommendation.Application.Ports;
using Recommendation.Domain.Items;

namespace Recommendation.Application.Scenarios;

/// <summary>
/// The conditions of a scenario. What those that depend on the item alone say of an item is remembered: most lists
/// show the same items, and a catalogue gives the same object for an item until somebody changes it.
/// </summary>
internal sealed class ConditionMemory(IReadOnlyList<CompiledCondition> conditions)
{
    /// <summary>How many items are remembered; a newer one takes an older one's place.</summary>
    private const int Slots = 1 << 13;

    private readonly ulong _remembered = conditions.Index()
        .Aggregate(0UL, (bits, one) => bits | (one.Item.IsOfItem ? 1UL << one.Index : 0));

    private readonly Verdict?[] _slots = new Verdict?[Slots];

    /// <summary>Whether a condition holds.</summary>
    /// <param name="condition">Its place.</param>
    /// <param name="scope">What it is evaluated on.</param>
    internal bool Holds(int condition, in ConditionScope scope)
    {
        var bit = 1UL << condition;
        return scope.Item is { } item && (_remembered & bit) != 0
            ? (VerdictOn(item, scope) & bit) != 0
            : conditions[condition].Holds(scope);
    }

    private ulong VerdictOn(CatalogItem item, in ConditionScope scope)
    {
        ref var slot = ref _slots[RuntimeHelpers.GetHashCode(item) & (Slots - 1)];
        if (slot is { } known && ReferenceEquals(known.Item, item))
            return known.Holding;
        var holding = 0UL;
        for (var condition = 0; condition < conditions.Count; condition++)
        {
            if ((_remembered & (1UL << condition)) != 0 && conditions[condition].Holds(scope))
                holding |= 1UL << condition;
        }
        slot = new Verdict(item, holding);
        return holding;
    }

    private sealed record Verdict(CatalogItem Item, ulong Holding);
}
