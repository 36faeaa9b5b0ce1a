using Recommendation.Import.Internals;
using Recommendation.Import.Internals.Columns;
using Recommendation.Import.Internals.Json;
using Recommendation.Import.Internals.ParquetFiles;

namespace Recommendation.Import;

/// <summary>
/// A catalogue file: CSV or Parquet with the columns <c>itemId</c>, <c>title</c>, <c>categories</c> (paths such as
/// <c>Home &gt; Light</c>, divided by <c>|</c>, or a list), <c>available</c>, the other properties of an item, and any
/// others, which are attributes. Only the first is required. Or JSON with the same names; gzip of text.
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
                + "categories, available and others."
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
        _table is null ? JsonRows(cancellationToken) : new ItemTable(_table).Rows(cancellationToken);

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
}
