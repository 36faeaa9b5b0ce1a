using Parquet;
using Parquet.Schema;

namespace Recommendation.Import.Internals.ParquetFiles;

/// <summary>A column of a row group as text: numbers and times as the readers of text know them.</summary>
internal sealed class ParquetColumn
{
    private readonly Func<int, string?> _text;
    private readonly int[]? _starts;

    /// <param name="text">Gives the value at a place among those of the column; null where there is none.</param>
    /// <param name="starts">The place of each row's first value, and the end of the last row's; null where every row
    /// has one value.</param>
    private ParquetColumn(Func<int, string?> text, int[]? starts) => (_text, _starts) = (text, starts);

    /// <returns>Null where the type of the column is none that has a text.</returns>
    internal static async Task<ParquetColumn?> ReadAsync(ParquetRowGroupReader group, DataField field)
    {
        var type = Nullable.GetUnderlyingType(field.ClrType) ?? field.ClrType;
        if (type == typeof(ReadOnlyMemory<char>))
            return await ReadAsync<ReadOnlyMemory<char>>(group, field, ParquetText.Of);
        if (type == typeof(ReadOnlyMemory<byte>))
            return await ReadAsync<ReadOnlyMemory<byte>>(group, field, ParquetText.Of);
        if (type == typeof(int))
            return await ReadAsync<int>(group, field, ParquetText.Of);
        if (type == typeof(long))
            return await ReadAsync<long>(group, field, ParquetText.Of);
        if (type == typeof(double))
            return await ReadAsync<double>(group, field, ParquetText.Of);
        if (type == typeof(float))
            return await ReadAsync<float>(group, field, ParquetText.Of);
        if (type == typeof(DateTime))
        {
            var isDay = field is DateTimeDataField { DateTimeFormat: DateTimeFormat.Date };
            return await ReadAsync<DateTime>(group, field, isDay ? ParquetText.OfDay : ParquetText.Of);
        }
        return await ReadRareAsync(group, field, type);
    }

    internal string? Text(int row) => _text(row) is { } text && !string.IsNullOrWhiteSpace(text) ? text : null;

    internal IReadOnlyList<string> Texts(int row)
    {
        var (from, to) = _starts is null ? (row, row + 1) : (_starts[row], _starts[row + 1]);
        return [.. Enumerable.Range(from, to - from).Select(_text).OfType<string>()];
    }

    private static async Task<ParquetColumn?> ReadRareAsync(ParquetRowGroupReader group, DataField field, Type type)
    {
        if (type == typeof(bool))
            return await ReadAsync<bool>(group, field, value => value ? "true" : "false");
        if (type == typeof(short))
            return await ReadAsync<short>(group, field, value => ParquetText.Of(value));
        if (type == typeof(ushort))
            return await ReadAsync<ushort>(group, field, value => ParquetText.Of(value));
        if (type == typeof(sbyte))
            return await ReadAsync<sbyte>(group, field, value => ParquetText.Of(value));
        if (type == typeof(byte))
            return await ReadAsync<byte>(group, field, value => ParquetText.Of(value));
        if (type == typeof(uint))
            return await ReadAsync<uint>(group, field, value => ParquetText.Of(value));
        if (type == typeof(ulong))
            return await ReadAsync<ulong>(group, field, value => ParquetText.Of((decimal)value));
        if (type == typeof(decimal))
            return await ReadAsync<decimal>(group, field, ParquetText.Of);
        if (type == typeof(DateOnly))
            return await ReadAsync<DateOnly>(
                group,
                field,
                value => ParquetText.OfDay(value.ToDateTime(TimeOnly.MinValue))
            );
        if (type == typeof(TimeSpan))
            return await ReadAsync<TimeSpan>(group, field, ParquetText.Of);
        return type == typeof(Guid) ? await ReadAsync<Guid>(group, field, value => value.ToString("D")) : null;
    }

    private static async Task<ParquetColumn> ReadAsync<T>(
        ParquetRowGroupReader group,
        DataField field,
        Func<T, string?> text
    )
        where T : struct
    {
        var count = checked(
            (int)(
                group.GetMetadata(field)?.MetaData?.NumValues
                ?? throw new InvalidDataException("The column is missing in a row group.")
            )
        );
        var values = new T[count];
        var definitions = field.MaxDefinitionLevel > 0 ? new int[count] : null;
        var repetitions = field.MaxRepetitionLevel > 0 ? new int[count] : null;
        await group.ReadRawAsync<T>(field, values, ToMemory(definitions), ToMemory(repetitions));
        var starts = repetitions is null ? null : StartsOf(repetitions);
        if ((starts?.Length - 1 ?? count) != group.RowCount)
            throw new InvalidDataException("The column has another number of rows than the row group.");
        var places = definitions is null ? null : PlacesOf(definitions, field.MaxDefinitionLevel);
        return new ParquetColumn(
            at => places is null ? text(values[at]) : places[at] < 0 ? null : text(values[places[at]]),
            starts);
    }

    // An array that is null converts to memory that is empty, not to none.
    private static Memory<int>? ToMemory(int[]? levels) => levels is null ? (Memory<int>?)null : levels.AsMemory();

    /// <summary>Only values that are there are stored: where each is, and -1 for those that are not.</summary>
    private static int[] PlacesOf(int[] definitions, int whole)
    {
        var next = 0;
        for (var i = 0; i < definitions.Length; i++)
            definitions[i] = definitions[i] == whole ? next++ : -1;
        return definitions;
    }

    private static int[] StartsOf(int[] repetitions)
    {
        var starts = new List<int>();
        for (var i = 0; i < repetitions.Length; i++)
        {
            if (repetitions[i] == 0)
                starts.Add(i);
        }
        return [.. starts, repetitions.Length];
    }
}
