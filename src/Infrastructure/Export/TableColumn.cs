using Parquet;
using Parquet.Schema;
using Recommendation.Export.Internals;

namespace Recommendation.Export;

/// <summary>A column of a table: its name, and its value in a row.</summary>
public abstract class TableColumn<TRow>
{
    private protected TableColumn(string name) => Name = name;

    public string Name { get; }

    internal abstract DataField Field { get; }

    /// <summary>The value as CSV has it; null where there is none.</summary>
    internal abstract string? TextOf(TRow row);

    internal abstract Task WriteAsync(
        ParquetRowGroupWriter group,
        IReadOnlyList<TRow> rows,
        CancellationToken cancellationToken
    );
}

/// <summary>Columns of tables.</summary>
public static class TableColumn
{
    /// <summary>A column of text; null where a row has no value.</summary>
    public static TableColumn<TRow> Text<TRow>(string name, Func<TRow, string?> value) =>
        new TextColumn<TRow>(name, value);

    /// <summary>A column of whole numbers.</summary>
    public static TableColumn<TRow> Whole<TRow>(string name, Func<TRow, long> value) =>
        new WholeColumn<TRow>(name, value);

    /// <summary>A column of numbers; null where a row has no value.</summary>
    public static TableColumn<TRow> Number<TRow>(string name, Func<TRow, double?> value) =>
        new NumberColumn<TRow>(name, value);

    /// <summary>A column of times in UTC to the millisecond; null where a row has no value.</summary>
    public static TableColumn<TRow> Time<TRow>(string name, Func<TRow, DateTimeOffset?> value) =>
        new TimeColumn<TRow>(name, value);

    /// <summary>A column of true and false.</summary>
    public static TableColumn<TRow> Flag<TRow>(string name, Func<TRow, bool> value) =>
        new FlagColumn<TRow>(name, value);
}
