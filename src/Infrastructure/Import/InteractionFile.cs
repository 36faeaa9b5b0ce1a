using Recommendation.Import.Internals;

namespace Recommendation.Import;

/// <summary>
/// A file of interactions that is read as a stream: memory stays flat, whatever the file's size. One pass, one reader.
/// </summary>
public sealed class InteractionFile : IDisposable
{
    private readonly ByteWindow _window;
    private readonly Func<CancellationToken, IEnumerable<ImportRow>> _rows;

    private InteractionFile(Source source, FileFormat format)
    {
        _window = new ByteWindow(source, RowLimits.Window);
        (Format, _rows) = Recognise(_window, format);
    }

    /// <summary>The format asked for or recognised; never <see cref="FileFormat.Auto"/>.</summary>
    public FileFormat Format { get; }

    /// <summary>Bytes read of the file as it is stored (packed); may be read from another thread, for a progress bar.</summary>
    public long BytesRead => _window.Source.BytesRead;

    /// <summary>The file's size in bytes; null where that is not known (a pipe).</summary>
    public long? Length => _window.Source.Length;

    /// <summary>How much memory the reader has taken, in bytes: 64 KiB, and up to 1 MiB where rows are that long.</summary>
    public int BufferBytes => _window.Size;

    /// <summary>Opens a file and recognises gzip and, unless it is given, the format.</summary>
    /// <exception cref="InputException">It can't be opened, or is of no format known; the message says what to do.</exception>
    public static InteractionFile Open(string path, FileFormat format = FileFormat.Auto)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return Open(Source.Open(path), format);
    }

    /// <summary>Reads a stream, which is disposed with the file.</summary>
    /// <param name="stream">Read from where it is; need not seek.</param>
    /// <param name="name">What messages call it.</param>
    /// <param name="format">The format, if it is known.</param>
    /// <exception cref="InputException">It can't be read, or is of no format known; the message says what to do.</exception>
    public static InteractionFile Open(Stream stream, string name, FileFormat format = FileFormat.Auto)
    {
        ArgumentNullException.ThrowIfNull(stream);
        return Open(Source.Open(stream, name), format);
    }

    /// <summary>The rows in the order of the file; to be enumerated once.</summary>
    /// <exception cref="InputException">The file breaks off; the rows before that have been given.</exception>
    public IEnumerable<ImportRow> Rows(CancellationToken cancellationToken) => _rows(cancellationToken);

    public void Dispose() => _window.Dispose();

    private static InteractionFile Open(Source source, FileFormat format)
    {
        try
        {
            return new InteractionFile(source, format);
        }
        catch
        {
            source.Dispose();
            throw;
        }
    }

    private static (FileFormat Format, Func<CancellationToken, IEnumerable<ImportRow>> Rows) Recognise(ByteWindow window, FileFormat format)
    {
        var isJson = ContentProbe.IsJson(window);
        if (format == FileFormat.JsonLines || (format == FileFormat.Auto && isJson))
            return (FileFormat.JsonLines, cancellationToken => JsonLinesRows.Read(window, cancellationToken));
        var name = window.Source.Name;
        var table = new CsvTable(window);
        if (format == FileFormat.OnlineRetail || (format == FileFormat.Auto && OnlineRetailRows.IsHeaderOf(table)))
            return (FileFormat.OnlineRetail, new OnlineRetailRows(table, name).Read);
        return (FileFormat.Csv, new CsvRows(table, name).Read);
    }
}
