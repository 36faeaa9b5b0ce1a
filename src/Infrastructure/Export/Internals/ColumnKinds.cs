using System.Globalization;
using Parquet;
using Parquet.Schema;
using Recommendation.Domain;

namespace Recommendation.Export.Internals;

internal sealed class TextColumn<TRow>(string name, Func<TRow, string?> value) : TableColumn<TRow>(name)
{
    internal override DataField Field { get; } = new DataField<string>(name);

    internal override string? TextOf(TRow row) => value(row);

    internal override Task WriteAsync(
        ParquetRowGroupWriter group,
        IReadOnlyList<TRow> rows,
        CancellationToken cancellationToken
    )
    {
        var texts = new string?[rows.Count];
        for (var i = 0; i < texts.Length; i++)
            texts[i] = value(rows[i]);
        return group.WriteAsync(Field, texts);
    }
}

internal sealed class WholeColumn<TRow>(string name, Func<TRow, long> value) : TableColumn<TRow>(name)
{
    internal override DataField Field { get; } = new DataField<long>(name);

    internal override string? TextOf(TRow row) => value(row).ToString(CultureInfo.InvariantCulture);

    internal override Task WriteAsync(
        ParquetRowGroupWriter group,
        IReadOnlyList<TRow> rows,
        CancellationToken cancellationToken
    ) =>
        group.WriteAsync<long>(
            Field,
            Array.ConvertAll([.. rows], row => value(row)),
            cancellationToken: cancellationToken
        );
}

internal sealed class NumberColumn<TRow>(string name, Func<TRow, double?> value) : TableColumn<TRow>(name)
{
    internal override DataField Field { get; } = new DataField<double?>(name);

    internal override string? TextOf(TRow row) => value(row)?.ToString("R", CultureInfo.InvariantCulture);

    internal override Task WriteAsync(
        ParquetRowGroupWriter group,
        IReadOnlyList<TRow> rows,
        CancellationToken cancellationToken
    ) =>
        group.WriteAsync<double>(
            Field,
            (ReadOnlyMemory<double?>)Array.ConvertAll([.. rows], row => value(row)),
            cancellationToken: cancellationToken
        );
}

internal sealed class TimeColumn<TRow>(string name, Func<TRow, DateTimeOffset?> value) : TableColumn<TRow>(name)
{
    internal override DataField Field { get; } = new DateTimeDataField(
        name, DateTimeFormat.Timestamp, isAdjustedToUTC: true, unit: DateTimeTimeUnit.Millis, isNullable: true);

    internal override string? TextOf(TRow row) => value(row) is { } time ? Timestamps.Format(time) : null;

    internal override Task WriteAsync(
        ParquetRowGroupWriter group,
        IReadOnlyList<TRow> rows,
        CancellationToken cancellationToken
    ) =>
        group.WriteAsync<DateTime>(
            Field,
            (ReadOnlyMemory<DateTime?>)Array.ConvertAll([.. rows], row => value(row)?.UtcDateTime),
            cancellationToken: cancellationToken
        );
}

internal sealed class FlagColumn<TRow>(string name, Func<TRow, bool> value) : TableColumn<TRow>(name)
{
    internal override DataField Field { get; } = new DataField<bool>(name);

    internal override string? TextOf(TRow row) => value(row) ? "true" : "false";

    internal override Task WriteAsync(
        ParquetRowGroupWriter group,
        IReadOnlyList<TRow> rows,
        CancellationToken cancellationToken
    ) =>
        group.WriteAsync<bool>(
            Field,
            Array.ConvertAll([.. rows], row => value(row)),
            cancellationToken: cancellationToken
        );
}
