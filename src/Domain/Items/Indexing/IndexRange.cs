namespace Recommendation.Domain.Items.Indexing;

/// <summary>The keys of one field that a selector selects.</summary>
/// <param name="Field">The field.</param>
/// <param name="From">The first key.</param>
/// <param name="To">The last key.</param>
internal readonly record struct IndexRange(string Field, ulong From, ulong To)
{
    /// <summary>Whether items that may have any text are selected too.</summary>
    internal bool IsOfText { get; private init; }

    internal bool Holds(ulong key) => (key >= From && key <= To) || (IsOfText && key == IndexKeys.Any);

    /// <returns>Null for a selector that selects other than by the keys of a field.</returns>
    internal static IndexRange? Of(ItemSelector selector) => selector switch
    {
        ItemSelector.Having having => new IndexRange(having.Field, 0, IndexKeys.Any),
        ItemSelector.Equal equal => OfText(equal.Field, IndexKeys.Of(equal.Text)),
        ItemSelector.Flagged flagged => One(flagged.Field, IndexKeys.Of(flagged.Value)),
        ItemSelector.Between between => new IndexRange(
            between.Field, IndexKeys.Of(between.From), IndexKeys.Of(between.To)),
        _ => null,
    };

    private static IndexRange OfText(string field, ulong key) => new(field, key, key) { IsOfText = true };

    private static IndexRange One(string field, ulong key) => new(field, key, key);
}
