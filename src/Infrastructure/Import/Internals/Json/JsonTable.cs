using System.Text.Json;
using System.Text.Unicode;
using Recommendation.Domain.Interactions;

namespace Recommendation.Import.Internals.Json;

/// <summary>JSON objects as rows. An object whose item is in an array gives a row for each element of it.</summary>
internal sealed class JsonTable(string file, IReadOnlyList<string> names, IRecordReader records)
    : IRowTable,
        IDisposable
{
    private readonly string[][] _paths = [.. names.Select(name => name.Split('.'))];
    private readonly List<(JsonElement Root, JsonElement Item)> _rows = [];
    private JsonDocument? _document;
    private string[] _expanded = [];
    private int _row;

    public string File => file;

    public IReadOnlyList<string> Names => names;

    public long Line => records.Line;

    public int Index => records.Index + _row;

    public ReadOnlyMemory<byte> Raw => records.Bytes;

    public Rejection? Problem { get; private set; }

    /// <summary>Gives a row for each element of the array that the column is in, if it is in one.</summary>
    internal void ExpandFor(int column)
    {
        var path = _paths[column];
        var array = Array.FindIndex(path, segment => segment.EndsWith("[]", StringComparison.Ordinal));
        _expanded = array < 0 ? [] : path[..(array + 1)];
    }

    public bool Next()
    {
        if (++_row < _rows.Count)
            return true;
        if (!records.Next())
            return false;
        _row = 0;
        _rows.Clear();
        _document?.Dispose();
        _document = null;
        Problem = records.Problem ?? Parse();
        return true;
    }

    public string? Text(int column)
    {
        if (column < 0 || _row >= _rows.Count)
            return null;
        var (root, item) = _rows[_row];
        var path = _paths[column];
        var isInItem = _expanded.Length > 0 && path.AsSpan().StartsWith(_expanded);
        return isInItem ? TextAt(item, path.AsSpan(_expanded.Length)) : TextAt(root, path);
    }

    public void Dispose() => _document?.Dispose();

    private Rejection? Parse()
    {
        if (!Utf8.IsValid(records.Bytes.Span))
            return new Rejection(RejectionCode.Malformed, "The record is not valid UTF-8. Save the file as UTF-8.");
        try
        {
            _document = JsonDocument.Parse(records.Bytes);
        }
        catch (JsonException)
        {
            return new Rejection(RejectionCode.Malformed, "The record is not valid JSON.");
        }
        var root = _document.RootElement;
        if (root.ValueKind == JsonValueKind.Array)
        {
            foreach (var each in root.EnumerateArray())
                AddRows(each);
        }
        else
        {
            AddRows(root);
        }
        return _rows.Count > 0 ? null : new Rejection(RejectionCode.Malformed, "The record is no JSON object.");
    }

    private void AddRows(JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object)
            return;
        var before = _rows.Count;
        if (_expanded.Length > 0 && At(root, _expanded, lastIsArray: true) is { ValueKind: JsonValueKind.Array } array)
        {
            foreach (var item in array.EnumerateArray())
                _rows.Add((root, item));
        }
        if (_rows.Count == before)
            _rows.Add((root, default));
    }

    private static string? TextAt(JsonElement element, ReadOnlySpan<string> path)
    {
        var found = At(element, path, lastIsArray: false);
        var text = found.ValueKind switch
        {
            JsonValueKind.String => StringOf(found),
            JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => found.GetRawText(),
            _ => null,
        };
        return string.IsNullOrWhiteSpace(text) ? null : text;
    }

    private static JsonElement At(JsonElement element, ReadOnlySpan<string> path, bool lastIsArray)
    {
        for (var i = 0; i < path.Length; i++)
        {
            var isArray = path[i].EndsWith("[]", StringComparison.Ordinal);
            if (
                element.ValueKind != JsonValueKind.Object
                || !TryFind(element, isArray ? path[i].AsSpan(0, path[i].Length - 2) : path[i], out element)
            )
                return default;
            if (isArray && !(lastIsArray && i == path.Length - 1))
                element =
                    element.ValueKind == JsonValueKind.Array && element.GetArrayLength() > 0 ? element[0] : default;
        }
        return element;
    }

    private static bool TryFind(JsonElement element, ReadOnlySpan<char> name, out JsonElement found)
    {
        try
        {
            return element.TryGetProperty(name, out found);
        }
        catch (InvalidOperationException)
        {
            found = default; // Another name has an escaped half of a surrogate pair.
            return false;
        }
    }

    private static string? StringOf(JsonElement element)
    {
        try
        {
            return element.GetString();
        }
        catch (InvalidOperationException)
        {
            return null; // An escaped half of a surrogate pair: the reader has no other way to say so.
        }
    }
}
