namespace Recommendation.Domain.Items;

/// <summary>
/// What an index can tell of a condition on items. It selects every item for which the condition holds, and may select
/// others, so the condition is evaluated on what was selected.
/// </summary>
public abstract record ItemSelector
{
    private ItemSelector()
    {
    }

    /// <summary>Selects every item: the index can tell nothing.</summary>
    public static readonly ItemSelector All = new Everything();

    /// <summary>Selects no item.</summary>
    public static readonly ItemSelector None = new Nothing();

    /// <summary>What both select.</summary>
    public ItemSelector And(ItemSelector other) => (this, other) switch
    {
        (Everything, _) => other,
        (_, Everything) => this,
        (Nothing, _) or (_, Nothing) => None,
        _ => new Both(this, other),
    };

    /// <summary>What at least one of both selects.</summary>
    public ItemSelector Or(ItemSelector other) => (this, other) switch
    {
        (Nothing, _) => other,
        (_, Nothing) => this,
        (Everything, _) or (_, Everything) => All,
        _ => new Either(this, other),
    };

    /// <summary>The items of a category, as <see cref="CategoryPath.Matches"/> says.</summary>
    public static ItemSelector OfCategory(string wanted) =>
        new Equal(IndexedFields.Path, IndexedFields.PathTerm(wanted));

    /// <summary>Items that have a field.</summary>
    public sealed record Having(string Field) : ItemSelector;

    /// <summary>Items of which a field is a text, or a list with the text.</summary>
    public sealed record Equal(string Field, string Text) : ItemSelector;

    /// <summary>Items without the text, also those that do not have the field.</summary>
    public sealed record Unequal(string Field, string Text) : ItemSelector;

    /// <summary>Items of which a field is true, or false.</summary>
    public sealed record Flagged(string Field, bool Value) : ItemSelector;

    /// <summary>Items of which a field is a number, or a time as <see cref="IndexedFields.NumberOf"/> has it, from
    /// one to another.</summary>
    public sealed record Between(string Field, double From, double To) : ItemSelector;

    internal sealed record Both(ItemSelector Left, ItemSelector Right) : ItemSelector;

    internal sealed record Either(ItemSelector Left, ItemSelector Right) : ItemSelector;

    private sealed record Everything : ItemSelector;

    private sealed record Nothing : ItemSelector;
}
