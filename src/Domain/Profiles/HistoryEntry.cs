using Recommendation.Domain.Interactions;

namespace Recommendation.Domain.Profiles;

/// <summary>
/// All interactions of one type that a user had with an item. Types are stored as sent; settings are applied
/// when it is read.
/// </summary>
/// <param name="ItemId">The item.</param>
/// <param name="Type">The type of the interactions.</param>
/// <param name="At">When the newest of them happened.</param>
/// <param name="Count">How many there were; at least 1.</param>
/// <param name="Valued">How many of them had a value.</param>
/// <param name="ValueSum">The sum of those values.</param>
public readonly record struct HistoryEntry(
    ItemId ItemId, InteractionType Type, DateTimeOffset At, long Count = 1, long Valued = 0, double ValueSum = 0)
{
    public static implicit operator HistoryEntry(RecentInteraction recent) => FromRecent(recent);

    public static HistoryEntry FromRecent(RecentInteraction recent) =>
        new(
            recent.ItemId,
            recent.Type,
            recent.At,
            Count: 1,
            Valued: recent.Value is null ? 0 : 1,
            ValueSum: recent.Value ?? 0
        );

    public static HistoryEntry FromInteraction(Interaction interaction)
    {
        ArgumentNullException.ThrowIfNull(interaction);
        return new(
            interaction.ItemId, interaction.Type, interaction.OccurredAt,
            Count: 1, Valued: interaction.Value is null ? 0 : 1, ValueSum: interaction.Value ?? 0);
    }

    /// <summary>
    /// What the interactions weigh together. Those with a value count by their mean, which is exact where the value is
    /// ignored or multiplies.
    /// </summary>
    public double WeightBy(EventTypeSettings types)
    {
        ArgumentNullException.ThrowIfNull(types);
        var plain = Count > Valued ? (Count - Valued) * types.WeightOf(Type, value: null) : 0;
        return Valued > 0 ? plain + (Valued * types.WeightOf(Type, ValueSum / Valued)) : plain;
    }

    /// <summary>The entry of both; item and type must be the same.</summary>
    internal HistoryEntry Add(HistoryEntry other) => this with
    {
        At = At > other.At ? At : other.At,
        Count = Count + other.Count,
        Valued = Valued + other.Valued,
        // Finite, since what is stored must be read again: values up to 10³⁰⁸ are valid.
        ValueSum = Math.Clamp(ValueSum + other.ValueSum, double.MinValue, double.MaxValue),
    };
}
