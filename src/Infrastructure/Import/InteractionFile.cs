using Recommendation.Import.Internals;
using Recommendation.Import.Internals.Columns;
using Recommendation.Import.Internals.Json;
using Recommendation.Import.Internals.ParquetFiles;
using Recommendation.Import.Internals.Times;

namespace Recommendation.Import;

/// <summary>
/// A file of interactions that is read as a stream: memory stays flat, whatever the file's size. One pass, one reader.
/// </summary>
public sealed class InteractionFile : IDisposable
{
    private readonly ByteWindow _window;
    private readonly ParquetTable? _parquet;
    private readonly Func<CancellationToken, IEnumerable<ImportRow>> _rows;

    private InteractionFile(Source source, ReadOptions options)
    {
        _window = new ByteWindow(source, RowLimits.Window);
        _parquet = ParquetOf(_window, options.Format);
        try
        {
            var content = _parquet is null ? Text(_window, options) : Parquet(_parquet, _window, options);
            (Format, Reading, _rows) = (content.Format, content.Reading, content.Rows);
        }
        catch
        {
            _parquet?.Dispose();
            throw;
        }
    }

    /// <summary>The format asked for or recognised; never <see cref="FileFormat.Auto"/>.</summary>
    public FileFormat Format { get; }

    /// <summary>How the content is understood.</summary>
    public FileReading Reading { get; }

    /// <summary>
    /// Bytes read of the file as it is stored (packed); may be read from another thread, for a progress bar.
    /// </summary>
    public long BytesRead => _parquet is null ? _window.Source.BytesRead : (long)(_parquet.Fraction * (Length ?? 0));

    /// <summary>The file's size in bytes; null where that is not known (a pipe).</summary>
    public long? Length => _window.Source.Length;

    /// <summary>
    /// How much memory the reader has taken, in bytes: 64 KiB, and up to 1 MiB where rows are that long.
    /// </summary>
    public int BufferBytes => _window.Size;

    /// <summary>Opens a file and recognises gzip and, unless it is given, the format.</summary>
    /// <exception cref="InputException">It can't be opened, or is of no format known; the message
    /// says what to do.</exception>
    public static InteractionFile Open(string path, ReadOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return Open(Source.Open(path), options);
    }

    /// <summary>Reads a stream, which is disposed with the file.</summary>
    /// <param name="stream">Read from where it is; need not seek.</param>
    /// <param name="name">What messages call it.</param>
    /// <param name="options">How to read it, where that is known.</param>
    /// <exception cref="InputException">It can't be read, or is of no format known; the message
    /// says what to do.</exception>
    public static InteractionFile Open(Stream stream, string name, ReadOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(stream);
        return Open(Source.Open(stream, name), options);
    }

    /// <summary>The rows in the order of the file; to be enumerated once.</summary>
    /// <exception cref="InputException">The file breaks off; the rows before that have been given.</exception>
    public IEnumerable<ImportRow> Rows(CancellationToken cancellationToken) => _rows(cancellationToken);

    public void Dispose()
    {
        _parquet?.Dispose();
        _window.Dispose();
    }

    private static InteractionFile Open(Source source, ReadOptions? options)
    {
        try
        {
            return new InteractionFile(source, options ?? ReadOptions.Default);
        }
        catch
        {
            source.Dispose();
            throw;
        }
    }

    /// <returns>Null where the file is of another format.</returns>
    private static ParquetTable? ParquetOf(ByteWindow window, FileFormat asked)
    {
        var isParquet = ContentProbe.IsParquet(window);
        if (isParquet && asked is FileFormat.JsonLines or FileFormat.Csv)
            throw new InputException($"'{window.Source.Name}' is a Parquet file; leave --format out, or say parquet.");
        if (!isParquet && asked == FileFormat.Parquet)
            throw new InputException(
                $"'{window.Source.Name}' is no Parquet file: it does not begin with PAR1; leave --format out."
            );
        return isParquet ? new ParquetTable(window.Source.Seekable(), window.Source.Name) : null;
    }

    private static Content Parquet(ParquetTable table, ByteWindow window, ReadOptions options)
    {
        ColumnSurvey Survey((int[] Times, int User, int Item) columns)
        {
            using var again = new ParquetTable(window.Source.Seekable(), window.Source.Name);
            return ColumnSurvey.Of(again, columns, options.Dates);
        }
        return IsOnlineRetail(table, options)
            ? OnlineRetail(table, Survey)
            : Table(table, Survey, FileFormat.Parquet, options, Presets.Find(options.Preset)?.Type);
    }

    private static Content Text(ByteWindow window, ReadOptions options)
    {
        var isJson = ContentProbe.IsJson(window);
        return options.Format == FileFormat.JsonLines || (options.Format == FileFormat.Auto && isJson)
            ? Json(window, options)
            : Csv(window, options);
    }

    private static Content Json(ByteWindow window, ReadOptions options)
    {
        var isSpread = ContentProbe.IsSpreadJson(window);
        IRecordReader Records(ByteWindow of) => isSpread ? new ElementReader(of) : new LineReader(of);
        var names = JsonNames.Of(window.Source.Again(), Records);
        var isForeign = options.HasColumns || (!names.IsEventFormat && JsonNames.HasColumns(names.Names));
        if (!isForeign)
            return new Content(
                FileFormat.JsonLines,
                new FileReading(),
                cancellation => JsonLinesRows.Read(Records(window), cancellation)
            );
        JsonTable Open(ByteWindow of) => new(of.Source.Name, names.Names, Records(of));
        var item = new ColumnMap(Open(window), options, Presets.Find(options.Preset))[InteractionField.ItemId][0];
        JsonTable Expanded(ByteWindow of)
        {
            var table = Open(of);
            table.ExpandFor(item);
            return table;
        }
        return Table(
            Expanded(window),
            columns => ColumnSurvey.Of(window.Source.Again(), Expanded, columns, options.Dates),
            FileFormat.JsonLines,
            options,
            Presets.Find(options.Preset)?.Type
        );
    }

    private static Content Csv(ByteWindow window, ReadOptions options)
    {
        var preset = Presets.Find(options.Preset);
        var table = new CsvTable(window, preset);
        if (IsOnlineRetail(table, options))
        {
            return OnlineRetail(
                table,
                columns =>
                    ColumnSurvey.Of(
                        window.Source.Again(),
                        of => new CsvTable(of) { AllowLatin1 = true },
                        columns,
                        options.Dates
                    )
            );
        }
        return Table(
            table,
            columns => ColumnSurvey.Of(window.Source.Again(), of => new CsvTable(of, preset), columns, options.Dates),
            FileFormat.Csv,
            options,
            table.Type ?? preset?.Type
        );
    }

    private static bool IsOnlineRetail(IRowTable table, ReadOptions options) =>
        options.Format == FileFormat.OnlineRetail
        || (
            options.Format is FileFormat.Auto or FileFormat.Parquet
            && !options.HasColumns
            && OnlineRetailRows.IsHeaderOf(table)
        );

    private static Content Table(
        IRowTable table,
        Func<(int[] Times, int User, int Item), ColumnSurvey> surveyOf,
        FileFormat format,
        ReadOptions options,
        string? type
    )
    {
        var preset = Presets.Find(options.Preset);
        var map = new ColumnMap(table, options, preset);
        var survey = surveyOf(map.Surveyed);
        var rows = new MappedRows(
            table,
            map,
            new TimeReader(survey.Form),
            new IdReader(survey.HasWholeUsers),
            new IdReader(survey.HasWholeItems),
            preset,
            type
        );
        return new Content(format, map.ToReading(survey, type), rows.Read);
    }

    private static Content OnlineRetail(IRowTable table, Func<(int[] Times, int User, int Item), ColumnSurvey> surveyOf)
    {
        var survey = surveyOf(OnlineRetailRows.Surveyed(table));
        return new Content(
            FileFormat.OnlineRetail,
            OnlineRetailRows.ReadingOf(table, survey),
            new OnlineRetailRows(table, survey).Read
        );
    }

    private readonly record struct Content(
        FileFormat Format,
        FileReading Reading,
        Func<CancellationToken, IEnumerable<ImportRow>> Rows
    );
}
