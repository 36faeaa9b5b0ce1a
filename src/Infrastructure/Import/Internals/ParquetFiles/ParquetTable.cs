using Parquet;
using Parquet.Schema;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Items;

namespace Recommendation.Import.Internals.ParquetFiles;

/// <summary>
/// A Parquet file as rows of text. One row group is in memory at a time, and of it only the columns that are asked for.
/// The fields of a struct are columns such as <c>a.b</c>.
/// </summary>
internal sealed class ParquetTable : IRowTable, IDisposable
{
    private readonly Stream _stream;
    private readonly ParquetReader _reader;
    private readonly DataField[] _fields;
    private readonly ParquetColumn?[] _columns;
    private ParquetRowGroupReader? _group;
    private int _groups;
    private int _row;
    private int _rows;

    /// <param name="stream">The file, which is disposed with the table; must be able to seek.</param>
    /// <param name="file">What messages call it.</param>
    /// <exception cref="InputException">It is no Parquet file, is damaged, encrypted or cut short.</exception>
    internal ParquetTable(Stream stream, string file)
    {
        (_stream, File) = (stream, file);
        try
        {
            _reader = Read(() => ParquetReader.CreateAsync(stream));
            _fields = Read(() => Task.FromResult(_reader.Schema.DataFields));
        }
        catch
        {
            stream.Dispose();
            throw;
        }
        Names = [.. _fields.Select(NameOf)];
        _columns = new ParquetColumn?[_fields.Length];
    }

    public string File { get; }

    public IReadOnlyList<string> Names { get; }

    /// <summary>The number of the row, from 1: the file has no lines.</summary>
    public long Line { get; private set; }

    public int Index => 0;

    /// <summary>Empty: the fields say it all.</summary>
    public ReadOnlyMemory<byte> Raw => default;

    public Rejection? Problem => null;

    /// <summary>How much of the file is read, from 0 to 1.</summary>
    internal double Fraction =>
        _reader.RowGroupCount == 0 ? 1 : (_groups - 1 + (_row / (double)Math.Max(1, _rows))) / _reader.RowGroupCount;

    public bool Next()
    {
        while (++_row >= _rows)
        {
            if (_groups == _reader.RowGroupCount)
                return false;
            _group?.Dispose();
            Array.Clear(_columns);
            _group = Read(() => Task.FromResult(_reader.OpenRowGroupReader(_groups)));
            _groups++;
            (_row, _rows) = (-1, checked((int)_group.RowCount));
        }
        Line++;
        return true;
    }

    /// <exception cref="InputException">The column holds lists or a type that is no text, or is damaged.</exception>
    public string? Text(int column)
    {
        if (column < 0)
            return null;
        if (HoldsLists(column))
            throw new InputException(
                $"Column '{Names[column]}' of '{File}' holds lists; write a row for each element."
            );
        return Column(column).Text(_row);
    }

    /// <summary>The texts of a column of lists, or the one text of another column; empty where there is none.</summary>
    /// <exception cref="InputException">The column holds a type that is no text, or is damaged.</exception>
    internal IReadOnlyList<string> Texts(int column) => Column(column).Texts(_row);

    /// <summary>Whether the column holds lists.</summary>
    internal bool HoldsLists(int column) => _fields[column].MaxRepetitionLevel > 0;

    /// <summary>What the values of the column are in the catalogue; null for a type that it does not know.</summary>
    internal AttributeType? TypeOf(int column) =>
        ParquetValues.TypeOf(_fields[column].ClrType) is { } type && HoldsLists(column)
            ? ParquetValues.ListOf(type) : ParquetValues.TypeOf(_fields[column].ClrType);

    /// <summary>The row's value of a column whose type the catalogue knows; null where there is none.</summary>
    /// <exception cref="InputException">The column is damaged.</exception>
    internal AttributeValue? Value(int column)
    {
        if (HoldsLists(column))
            return ParquetValues.Of(Texts(column), TypeOf(column)!.Value);
        return Text(column) is { } text ? ParquetValues.Of(text, TypeOf(column)!.Value) : null;
    }

    public void Dispose()
    {
        _group?.Dispose();
        _reader.DisposeAsync().AsTask().GetAwaiter().GetResult();
        _stream.Dispose();
    }

    /// <summary>The path without the two levels that writers put between a list and its elements.</summary>
    private static string NameOf(DataField field)
    {
        var path = field.Path.ToList();
        return string.Join('.', field.MaxRepetitionLevel > 0 && path.Count > 2 ? path.Take(path.Count - 2) : path);
    }

    private ParquetColumn Column(int column) =>
        _columns[column] ??=
            Read(() => ParquetColumn.ReadAsync(_group!, _fields[column]))
            ?? throw new InputException(
                $"Column '{Names[column]}' of '{File}' is of a type that is no text, number or time; write it as text."
            );

    /// <summary>The file is on a disk: there is nothing to wait for.</summary>
    private T Read<T>(Func<Task<T>> read)
    {
        try
        {
            return read().GetAwaiter().GetResult();
        }
        catch (Exception cause) when (cause is not InputException)
        {
            // The decoders throw whatever damaged bytes lead them to, also for want of memory where
            // a length is damaged.
            throw InputException.WhenReadingParquet(File, Math.Max(0, Line - 1), cause);
        }
    }
}
