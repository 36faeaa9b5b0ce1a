using Parquet;
using Parquet.Schema;

namespace Recommendation.Export.Internals;

/// <summary>Copies rows of a column from one row group to another.</summary>
internal static class CopiedColumn
{
    internal static async Task<string?[]> TextsAsync(
        ParquetRowGroupReader group,
        DataField field,
        CancellationToken cancellationToken
    )
    {
        var values = await ValuesAsync<ReadOnlyMemory<char>>(group, field, cancellationToken);
        return Array.ConvertAll(values, value => value?.ToString());
    }

    /// <param name="from">Has the column.</param>
    /// <param name="field">The column.</param>
    /// <param name="kept">Which rows to copy.</param>
    /// <param name="to">Gets it; columns in the order of the schema.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="NotSupportedException">The column is of a type that tables of this
    /// project do not have.</exception>
    internal static async Task CopyAsync(
        ParquetRowGroupReader from,
        DataField field,
        bool[] kept,
        ParquetRowGroupWriter to,
        CancellationToken cancellationToken
    )
    {
        var type = field.ClrType;
        if (type == typeof(ReadOnlyMemory<char>) || type == typeof(string))
            await to.WriteAsync(field, Kept(await TextsAsync(from, field, cancellationToken), kept));
        else if (type == typeof(long))
            await CopyAsync<long>(from, field, kept, to, cancellationToken);
        else if (type == typeof(double))
            await CopyAsync<double>(from, field, kept, to, cancellationToken);
        else if (type == typeof(DateTime))
            await CopyAsync<DateTime>(from, field, kept, to, cancellationToken);
        else if (type == typeof(bool))
            await CopyAsync<bool>(from, field, kept, to, cancellationToken);
        else
            throw new NotSupportedException($"Column '{field.Name}' is of the type {type}.");
    }

    private static async Task CopyAsync<T>(
        ParquetRowGroupReader from,
        DataField field,
        bool[] kept,
        ParquetRowGroupWriter to,
        CancellationToken cancellationToken
    )
        where T : struct
    {
        var values = Kept(await ValuesAsync<T>(from, field, cancellationToken), kept);
        if (field.IsNullable)
            await to.WriteAsync<T>(field, (ReadOnlyMemory<T?>)values, cancellationToken: cancellationToken);
        else
            await to.WriteAsync<T>(
                field,
                (ReadOnlyMemory<T>)Array.ConvertAll(values, value => value!.Value),
                cancellationToken: cancellationToken
            );
    }

    private static async Task<T?[]> ValuesAsync<T>(
        ParquetRowGroupReader group,
        DataField field,
        CancellationToken cancellationToken
    )
        where T : struct
    {
        var count = checked((int)group.RowCount);
        var (values, definitions) = (new T[count], field.MaxDefinitionLevel > 0 ? new int[count] : null);
        await group.ReadRawAsync<T>(
            field,
            values,
            definitions is null ? (Memory<int>?)null : definitions.AsMemory(),
            null,
            cancellationToken
        );
        var (result, next) = (new T?[count], 0);
        for (var i = 0; i < count; i++)
        {
            if (definitions is null || definitions[i] == field.MaxDefinitionLevel)
                result[i] = values[next++];
        }
        return result;
    }

    private static T[] Kept<T>(T[] values, bool[] kept) => [.. values.Where((_, index) => kept[index])];
}
