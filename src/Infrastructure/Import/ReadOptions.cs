namespace Recommendation.Import;

/// <summary>The order of day and month in dates such as <c>1/2/2010</c>.</summary>
public enum DateOrder
{
    /// <summary>Told from the whole file: a day above 12 decides. A file without one is refused.</summary>
    Auto,

    /// <summary>Day, month, year.</summary>
    DayFirst,

    /// <summary>Month, day, year.</summary>
    MonthFirst,
}

/// <summary>What a column of a table can mean.</summary>
public enum InteractionField
{
    UserId,
    ItemId,
    InteractionType,
    Timestamp,
    EventId,
    Value,

    /// <summary>The currency of the value.</summary>
    Currency,

    /// <summary>The id of the list that led to the event.</summary>
    RecommendationId,
}

/// <summary>How to read a file where its content does not say enough.</summary>
public sealed record ReadOptions
{
    /// <summary>Everything is recognised from the content.</summary>
    public static readonly ReadOptions Default = new();

    public FileFormat Format { get; init; }

    public DateOrder Dates { get; init; }

    /// <summary>
    /// The columns of a field, by their names in the file. Several columns of <see cref="InteractionField.EventId"/>
    /// are joined by <c>/</c> and of <see cref="InteractionField.Timestamp"/> by a space; of the other fields the first
    /// that is not empty counts.
    /// </summary>
    public IReadOnlyDictionary<InteractionField, IReadOnlyList<string>> Map { get; init; } =
        new Dictionary<InteractionField, IReadOnlyList<string>>();

    /// <summary>A well-known format, one of <see cref="Presets"/>; null for what the content says.</summary>
    public string? Preset { get; init; }

    /// <summary>The names of the well-known formats.</summary>
    public static IReadOnlyList<string> Presets => Internals.Columns.Presets.Names;

    internal bool HasColumns => Map.Count > 0 || Preset is not null;
}
