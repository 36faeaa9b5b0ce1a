using Parquet;
using Parquet.Schema;

namespace Recommendation.Export;

/// <summary>Writes tables as Parquet, Snappy-compressed. One row group is in memory at a time.</summary>
public static class ParquetTableWriter
{
    /// <summary>Rows of a row group: some megabytes.</summary>
    private const int RowsOfGroup = 50_000;

    internal static ParquetOptions Options { get; } = new() { CompressionMethod = CompressionMethod.Snappy };

    /// <param name="rows">Read once.</param>
    /// <param name="columns">The columns in their order.</param>
    /// <param name="output">Written from where it is; stays open.</param>
    /// <param name="cancellationToken">Stops it; the file is not whole then.</param>
    public static async Task WriteAsync<TRow>(
        IAsyncEnumerable<TRow> rows,
        IReadOnlyList<TableColumn<TRow>> columns,
        Stream output,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(columns);
        var schema = new ParquetSchema([.. columns.Select(column => column.Field)]);
        await using var writer = await ParquetWriter.CreateAsync(
            schema,
            output,
            Options,
            append: false,
            cancellationToken
        );
        await foreach (var group in rows.Chunk(RowsOfGroup).WithCancellation(cancellationToken))
            await WriteGroupAsync(writer, group, columns, cancellationToken);
    }

    private static async Task WriteGroupAsync<TRow>(
        ParquetWriter writer,
        TRow[] rows,
        IReadOnlyList<TableColumn<TRow>> columns,
        CancellationToken cancellationToken
    )
    {
        using var group = writer.CreateRowGroup();
        foreach (var column in columns)
            await column.WriteAsync(group, rows, cancellationToken);
        group.CompleteValidate();
    }
}
