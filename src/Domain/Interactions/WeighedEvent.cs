namespace Recommendation.Domain.Interactions;

/// <summary>One event of a user and what it weighs.</summary>
/// <param name="Item">The item's number or place; equal for events of the same item.</param>
/// <param name="Type">The canonical type.</param>
/// <param name="Weight">What it weighs.</param>
public readonly record struct WeighedEvent(int Item, InteractionType Type, double Weight)
{
    /// <summary>
    /// Lets each event of a type that cancels take its weight away from the user's earlier events of the cancelled type
    /// and the same item, the latest of them first and none below 0. Afterwards the event itself weighs nothing.
    /// </summary>
    /// <param name="newestFirst">Events of one user, newest first.</param>
    /// <param name="types">Say what cancels what.</param>
    public static void Cancel(Span<WeighedEvent> newestFirst, EventTypeSettings types)
    {
        ArgumentNullException.ThrowIfNull(types);
        for (var at = newestFirst.Length - 1; at >= 0; at--)
            Cancel(newestFirst, at, newestFirst[(at + 1)..], types);
    }

    /// <summary>
    /// The same where the order of a user's events of one item is not known: what is cancelled may also be later.
    /// </summary>
    /// <param name="events">Events of one user, added up by item and type.</param>
    /// <param name="types">Say what cancels what.</param>
    public static void CancelInAnyOrder(Span<WeighedEvent> events, EventTypeSettings types)
    {
        ArgumentNullException.ThrowIfNull(types);
        for (var at = events.Length - 1; at >= 0; at--)
            Cancel(events, at, events, types);
    }

    private static void Cancel(Span<WeighedEvent> events, int at, Span<WeighedEvent> others, EventTypeSettings types)
    {
        var (item, type, weight) = events[at];
        if (types.CancelledBy(type) is not { } cancelled)
            return;
        events[at] = events[at] with { Weight = 0 };
        var left = -weight;
        for (var other = 0; other < others.Length && left > 0; other++)
        {
            ref var one = ref others[other];
            if (one.Item != item || one.Type != cancelled || one.Weight <= 0)
                continue;
            var taken = Math.Min(left, one.Weight);
            one = one with { Weight = one.Weight - taken };
            left -= taken;
        }
    }
}
