using Parquet;
using Parquet.Schema;

namespace Recommendation.Import.Tests;

/// <summary>Parquet files for tests.</summary>
internal static class ParquetGiven
{
    /// <summary>A file with a row group for each of the groups of columns.</summary>
    internal static async Task<byte[]> FileAsync(CompressionMethod compression, params ParquetColumnGiven[][] groups)
    {
        using var content = new MemoryStream();
        var options = new ParquetOptions { CompressionMethod = compression };
        var schema = new ParquetSchema([.. groups[0].Select(column => column.Field)]);
        await using (var writer = await ParquetWriter.CreateAsync(schema, content, options))
        {
            foreach (var columns in groups)
            {
                using var group = writer.CreateRowGroup();
                for (var i = 0; i < columns.Length; i++)
                    await columns[i].Write(group, (DataField)schema.Fields[i]);
            }
        }
        return content.ToArray();
    }

    internal static ParquetColumnGiven Texts(string name, params string?[] values) =>
        new(new DataField<string>(name), (group, field) => group.WriteAsync(field, values));

    internal static ParquetColumnGiven Values<T>(string name, params T[] values)
        where T : struct => Values(new DataField<T>(name), values);

    internal static ParquetColumnGiven Values<T>(DataField field, params T[] values)
        where T : struct => new(field, (group, own) => group.WriteAsync<T>(own, (ReadOnlyMemory<T>)values));

    internal static ParquetColumnGiven Nullable<T>(string name, params T?[] values)
        where T : struct =>
        new(new DataField<T?>(name), (group, field) => group.WriteAsync<T>(field, (ReadOnlyMemory<T?>)values));

    internal static ParquetColumnGiven Times(string name, DateTimeTimeUnit unit, params DateTime[] values) =>
        Values(new DateTimeDataField(name, DateTimeFormat.Timestamp, isAdjustedToUTC: true, unit: unit), values);
}

/// <summary>A column and how its values are written.</summary>
internal sealed record ParquetColumnGiven(DataField Field, Func<ParquetRowGroupWriter, DataField, Task> Write);
