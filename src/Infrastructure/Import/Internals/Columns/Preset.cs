namespace Recommendation.Import.Internals.Columns;

/// <summary>The columns of files without a header, and what such a file holds.</summary>
/// <param name="Names">The columns in their order.</param>
/// <param name="Type">What every row is; null where that does not depend on the file.</param>
internal sealed record HeaderlessFile(string[] Names, string? Type = null)
{
    /// <summary>Tells this file from another with as many columns, by its first row.</summary>
    internal Func<IReadOnlyList<string>, bool> Fits { get; init; } = _ => true;
}

/// <summary>A field that marks a row as cancelled.</summary>
/// <param name="Column">Its name, normalised.</param>
/// <param name="Values">The values that do, in small letters; none where any value does.</param>
internal sealed record CancelledBy(string Column, params string[] Values);

/// <summary>What a well-known format has that its column names don't say. Names of columns are normalised.</summary>
internal sealed record Preset(string Name)
{
    /// <summary>The columns of a field, the best first: the first that is not empty counts.</summary>
    internal Dictionary<InteractionField, string[]> Columns { get; init; } = [];

    /// <summary>
    /// Ids that several rows share, the best first; an event id is made of it, the item and the type.
    /// </summary>
    internal string[] Orders { get; init; } = [];

    internal HeaderlessFile[] Headerless { get; init; } = [];

    /// <summary>What a row without a type is.</summary>
    internal string? Type { get; init; }

    /// <summary>Names of events that mean one of ours.</summary>
    internal Dictionary<string, string> Types { get; init; } = [];

    /// <summary>Whether only the first row of an order has all fields: the others take over what they lack.</summary>
    internal bool CarriesOver { get; init; }

    internal CancelledBy[] Cancelled { get; init; } = [];

    /// <summary>What stands for nobody in the column of the user.</summary>
    internal string? Nobody { get; init; }

    /// <summary>
    /// Whether a row without an item or a user is something else than an interaction with an item, and no mistake.
    /// </summary>
    internal bool SkipsIncomplete { get; init; }

    /// <summary>What to do where the user or the item has no column.</summary>
    internal string? WhenMissing { get; init; }
}
