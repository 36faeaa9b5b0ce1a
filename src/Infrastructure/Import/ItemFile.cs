using Recommendation.Import.Internals;
using Recommendation.Import.Internals.Columns;

namespace Recommendation.Import;

/// <summary>
/// A catalogue file: CSV with the columns <c>itemId</c>, <c>title</c>, <c>categories</c> (separated by <c>|</c> or <c>&gt;</c>)
/// and <c>available</c>, of which only the first is required, or JSON Lines with the same names; gzip of either.
/// </summary>
public sealed class ItemFile : IDisposable
{
    private readonly ByteWindow _window;
    private readonly CsvTable? _table;

    private ItemFile(Source source)
    {
        _window = new ByteWindow(source, RowLimits.Window);
        if (ContentProbe.IsJson(_window))
            return;
        _table = new CsvTable(_window);
        if (_table.Column("itemId") < 0)
            throw new InputException($"The header of '{source.Name}' has {ColumnMap.Found(_table)}; it needs itemId, and may have title, categories and available.");
    }

    /// <summary>Bytes read of the file as it is stored (packed).</summary>
    public long BytesRead => _window.Source.BytesRead;

    /// <summary>The file's size in bytes; null where that is not known.</summary>
    public long? Length => _window.Source.Length;

    /// <exception cref="InputException">It can't be opened, or is of no format known; the message says what to do.</exception>
    public static ItemFile Open(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return Open(Source.Open(path));
    }

    /// <summary>Reads a stream, which is disposed with the file; messages call it by the name.</summary>
    /// <exception cref="InputException">It can't be read, or is of no format known; the message says what to do.</exception>
    public static ItemFile Open(Stream stream, string name)
    {
        ArgumentNullException.ThrowIfNull(stream);
        return Open(Source.Open(stream, name));
    }

    /// <summary>The rows in the order of the file; to be enumerated once.</summary>
    /// <exception cref="InputException">The file breaks off; the rows before that have been given.</exception>
    public IEnumerable<ItemRow> Rows(CancellationToken cancellationToken) =>
        _table is null ? JsonRows(cancellationToken) : CsvRows(_table, cancellationToken);

    public void Dispose() => _window.Dispose();

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
        var lines = new LineReader(_window);
        while (lines.Next())
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return lines.Problem is { } problem ? ItemRow.Rejected(lines.Line, problem, lines.Bytes) : ItemJson.Read(lines.Line, lines.Bytes);
        }
    }

    private static IEnumerable<ItemRow> CsvRows(CsvTable table, CancellationToken cancellationToken)
    {
        var (item, title, categories, available) = (table.Column("itemId"), table.Column("title"), table.Column("categories"), table.Column("available"));
        while (table.Next())
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (table.Problem is { } problem)
            {
                yield return ItemRow.Rejected(table.Line, problem, table.Raw);
                continue;
            }
            var fields = new ItemFields(
                table.Text(item), table.Text(title), HasTitle: title >= 0, categories >= 0 ? ItemFields.Split(table.Text(categories)) : null,
                table.Text(available), HasAvailable: available >= 0);
            yield return fields.ToRow(table.Line, table.Raw);
        }
    }
}
