using Recommendation.Import.Internals;
using Recommendation.Import.Internals.Columns;
using Recommendation.Import.Internals.Json;
using Recommendation.Import.Internals.ParquetFiles;

namespace Recommendation.Import;

/// <summary>
/// A catalogue file: CSV or Parquet with the columns <c>itemId</c>, <c>title</c>, <c>categories</c> (separated by
/// <c>|</c> or <c>&gt;</c>, or a list) and <c>available</c>, of which only the first is required, or JSON with the same
/// names; gzip of text.
/// </summary>
public sealed class ItemFile : IDisposable
{
    private readonly ByteWindow _window;
    private readonly IRowTable? _table;

    private ItemFile(Source source)
    {
        _window = new ByteWindow(source, RowLimits.Window);
        if (ContentProbe.IsParquet(_window))
            _table = new ParquetTable(source.Seekable(), source.Name);
        else if (!ContentProbe.IsJson(_window))
            _table = new CsvTable(_window);
        if (_table is null || _table.Column("itemId") >= 0)
            return;
        Dispose();
        throw new InputException(
            $"The header of '{source.Name}' has {ColumnMap.Found(_table)}; it needs itemId, and may have title, "
                + "categories and available."
        );
    }

    /// <summary>Bytes read of the file as it is stored (packed).</summary>
    public long BytesRead =>
        _table is ParquetTable parquet ? (long)(parquet.Fraction * (Length ?? 0)) : _window.Source.BytesRead;

    /// <summary>The file's size in bytes; null where that is not known.</summary>
    public long? Length => _window.Source.Length;

    /// <exception cref="InputException">It can't be opened, or is of no format known; the message
    /// says what to do.</exception>
    public static ItemFile Open(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return Open(Source.Open(path));
    }

    /// <summary>Reads a stream, which is disposed with the file; messages call it by the name.</summary>
    /// <exception cref="InputException">It can't be read, or is of no format known; the message
    /// says what to do.</exception>
    public static ItemFile Open(Stream stream, string name)
    {
        ArgumentNullException.ThrowIfNull(stream);
        return Open(Source.Open(stream, name));
    }

    /// <summary>The rows in the order of the file; to be enumerated once.</summary>
    /// <exception cref="InputException">The file breaks off; the rows before that have been given.</exception>
    public IEnumerable<ItemRow> Rows(CancellationToken cancellationToken) =>
        _table is null ? JsonRows(cancellationToken) : TableRows(_table, cancellationToken);

    public void Dispose()
    {
        (_table as ParquetTable)?.Dispose();
        _window.Dispose();
    }

    private static ItemFile Open(Source source)
    {
        try
        {
            return new ItemFile(source);
        }
        catch
        {
            source.Dispose();
            throw;
        }
    }

    private IEnumerable<ItemRow> JsonRows(CancellationToken cancellationToken)
    {
        IRecordReader records =
            ContentProbe.IsSpreadJson(_window) || ContentProbe.IsArray(_window)
                ? new ElementReader(_window)
                : new LineReader(_window);
        while (records.Next())
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return records.Problem is { } problem
                ? ItemRow.Rejected(records.Line, problem, records.Bytes)
                : ItemJson.Read(records.Line, records.Bytes);
        }
    }

    private static IEnumerable<ItemRow> TableRows(IRowTable table, CancellationToken cancellationToken)
    {
        var (item, title, categories, available) = (
            table.Column("itemId"),
            table.Column("title"),
            table.Column("categories"),
            table.Column("available")
        );
        while (table.Next())
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (table.Problem is { } problem)
            {
                yield return ItemRow.Rejected(table.Line, problem, table.Raw);
                continue;
            }
            var fields = new ItemFields(
                table.Text(item),
                table.Text(title),
                HasTitle: title >= 0,
                categories >= 0 ? CategoriesOf(table, categories) : null,
                table.Text(available),
                HasAvailable: available >= 0
            );
            yield return fields.ToRow(table.Line, table.Raw);
        }
    }

    private static IReadOnlyList<string> CategoriesOf(IRowTable table, int column) =>
        table is ParquetTable parquet && parquet.HoldsLists(column)
            ? [.. parquet.Texts(column).Select(text => text.Trim()).Where(text => text.Length > 0)]
            : ItemFields.Split(table.Text(column));
}
