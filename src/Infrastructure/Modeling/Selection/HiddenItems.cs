using Recommendation.Domain;
using Recommendation.Modeling.Data;

namespace Recommendation.Modeling.Selection;

/// <summary>
/// Training data without a seeded fifth of the items, and who interacted with those: what content must find without any
/// interaction.
/// </summary>
/// <param name="Items">The hidden items, ascending.</param>
/// <param name="Visible">The other items, ascending.</param>
/// <param name="Remaining">What is left, with the visible items numbered anew.</param>
internal sealed record HiddenItems(int[] Items, int[] Visible, UserItemMatrix Remaining)
{
    private const int Share = 5;

    /// <param name="remaining">The data to train on.</param>
    /// <param name="mayHide">By item, whether it may be hidden.</param>
    /// <param name="cancellationToken">Cancels the work.</param>
    public static HiddenItems Of(UserItemMatrix remaining, Func<int, bool> mayHide, CancellationToken cancellationToken)
    {
        var isHidden = Enumerable.Range(0, remaining.Events.Items)
            .Select(item => mayHide(item) && StableHash.Of($"hidden:{remaining.Events.ItemIds[item]}") % Share == 0)
            .ToArray();
        var items = Enumerable.Range(0, isHidden.Length).ToLookup(item => isHidden[item]);
        int[] visible = [.. items[false]];
        return new(
            [.. items[true]],
            visible,
            UserItemMatrix.From(
                remaining.Events.Of(visible),
                remaining.Limit,
                remaining.Cap,
                double.PositiveInfinity,
                cancellationToken));
    }
}
