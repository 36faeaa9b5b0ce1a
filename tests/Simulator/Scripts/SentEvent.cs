using Recommendation.Domain;
using Recommendation.Domain.Interactions;

namespace Recommendation.Simulator.Scripts;

/// <summary>What is wrong with an event.</summary>
public enum EventFlaw
{
    None,

    /// <summary>Its type can't be read.</summary>
    BadType,

    /// <summary>Its user can't be read.</summary>
    BadUser,
}

/// <summary>An event as its producer has it; sent again, it is the same.</summary>
/// <param name="User">Number of the user.</param>
/// <param name="Item">Number of the item.</param>
/// <param name="Type">Type of the interaction.</param>
/// <param name="Id">Event id; null if the producer gives none.</param>
/// <param name="At">When it happened, from the start of the history.</param>
/// <param name="Flaw">What is wrong with it, whenever it arrives.</param>
public sealed record SentEvent(int User, int Item, string Type, string? Id, TimeSpan At, EventFlaw Flaw)
{
    internal RawInteraction ToRaw() => new()
    {
        EventId = Id,
        UserId = Flaw == EventFlaw.BadUser ? "\u0001" : Names.User(User),
        ItemId = Names.Item(Item),
        InteractionType = Flaw == EventFlaw.BadType ? "!" : Type,
        Timestamp = Timestamps.Format(Names.Start + At),
    };

    public override string ToString() =>
        $"{Id ?? "(no id)"} {Names.User(User)} {Type} {Names.Item(Item)} at "
            + $"{At:c}{(Flaw == EventFlaw.None ? "" : $" [{Flaw}]")}";
}

/// <summary>Names and times that histories use.</summary>
internal static class Names
{
    internal const int Users = 3;
    internal const int Items = 6;

    internal static readonly DateTimeOffset Start = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private static readonly string[] s_users = ["ann", "bob", "cleo"];
    private static readonly string[] s_items = ["i0", "i1", "i2", "i3", "i4", "i5"];

    internal static string User(int number) => s_users[number];

    internal static string Item(int number) => s_items[number];
}
