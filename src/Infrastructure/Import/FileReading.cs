namespace Recommendation.Import;

/// <summary>A column of a file and the field of an interaction that it holds.</summary>
/// <param name="Name">As the file has it.</param>
/// <param name="Meaning">The field's name in the event format.</param>
public sealed record FileColumn(string Name, string Meaning);

/// <summary>How the content of a file is understood.</summary>
public sealed record FileReading
{
    /// <summary>The columns that are used; empty for events in the event format.</summary>
    public IReadOnlyList<FileColumn> Columns { get; init; } = [];

    /// <summary>The columns that are not.</summary>
    public IReadOnlyList<string> Unused { get; init; } = [];

    /// <summary>The form of the times, such as <c>month/day/year</c>; null where the format fixes it.</summary>
    public string? Times { get; init; }

    /// <summary>Whether each row says what was done; a row is a view otherwise.</summary>
    public bool HasTypes { get; init; } = true;

    /// <summary>What the rows without a type are taken as, where all are the same.</summary>
    public string? OnlyType { get; init; }
}
