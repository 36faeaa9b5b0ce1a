namespace Recommendation.Cli.Output;

/// <summary>What ingesting a file would do.</summary>
/// <param name="IsUsable">Whether the file can be read to its end and at least half of
/// its interactions are valid.</param>
/// <param name="Columns">The columns that are used; empty for events in the event format.</param>
/// <param name="Times">The form of the times; null where the format fixes it.</param>
/// <param name="Duplicates">Usable rows whose event id the user has already in the file.</param>
/// <param name="First">The earliest time; null where no row has one.</param>
internal sealed record FileCheckDocument(
    string File,
    string Format,
    bool IsUsable,
    IReadOnlyList<ColumnDocument> Columns,
    IReadOnlyList<string> Unused,
    string? Times,
    long Rows,
    long Usable,
    long Duplicates,
    long Rejected,
    IReadOnlyDictionary<string, long> Skipped,
    long Users,
    long Items,
    string? First,
    string? Last,
    IReadOnlyDictionary<string, long> Types,
    IReadOnlyDictionary<string, long> Reasons,
    IReadOnlyList<string> Notes,
    IReadOnlyList<RejectedRowDocument> Examples
);

internal sealed record ColumnDocument(string Name, string Meaning);

internal sealed record RejectedRowDocument(long Line, string Reason, string Message);
