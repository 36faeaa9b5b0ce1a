namespace Recommendation.Domain.Interactions;

/// <summary>One event of a user and what it weighs.</summary>
/// <param name="Item">The item's number or place; equal for events of the same item.</param>
/// <param name="Type">The canonical type.</param>
/// <param name="Weight">What it weighs.</param>
public readonly record struct WeighedEvent(int Item, InteractionType Type, double Weight)
{
    /// <summary>
    /// Lets each event of a type that cancels take its weight away from the user's earlier events of the cancelled type and the
    /// same item, the latest of them first and none below 0. Afterwards the event itself weighs nothing.
    /// </summary>
    /// <param name="newestFirst">Events of one user, newest first.</param>
    /// <param name="types">Say what cancels what.</param>
    public static void Cancel(Span<WeighedEvent> newestFirst, EventTypeSettings types)
    {
        ArgumentNullException.ThrowIfNull(types);
        for (var at = newestFirst.Length - 1; at >= 0; at--)
        {
            if (types.CancelledBy(newestFirst[at].Type) is not { } cancelled)
                continue;
            var left = -newestFirst[at].Weight;
            newestFirst[at] = newestFirst[at] with { Weight = 0 };
            for (var earlier = at + 1; earlier < newestFirst.Length && left > 0; earlier++)
            {
                ref var one = ref newestFirst[earlier];
                if (one.Item != newestFirst[at].Item || one.Type != cancelled || one.Weight <= 0)
                    continue;
                var taken = Math.Min(left, one.Weight);
                one = one with { Weight = one.Weight - taken };
                left -= taken;
            }
        }
    }
}
