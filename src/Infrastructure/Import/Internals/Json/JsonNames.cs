using System.Text.Json;
using System.Text.Unicode;
using Recommendation.Import.Internals.Columns;

namespace Recommendation.Import.Internals.Json;

/// <summary>
/// The members of JSON objects as columns: <c>a.b</c> is the member b of the object a, and <c>a[].b</c> that of each
/// object in the array a.
/// </summary>
internal sealed class JsonNames
{
    private const int MostNames = 1000;
    private const int MostDepth = 5;

    private readonly List<string> _names = [];
    private readonly HashSet<string> _known = new(StringComparer.Ordinal);

    private JsonNames()
    {
    }

    internal IReadOnlyList<string> Names => _names;

    /// <summary>Whether an object has a member of the event format, so that the file is read in that.</summary>
    internal bool IsEventFormat => _known.Contains("userId") || _known.Contains("itemId");

    /// <summary>Whether the members name a user and an item in words that are known.</summary>
    internal static bool HasColumns(IReadOnlyList<string> names) =>
        Has(names, InteractionField.UserId) && Has(names, InteractionField.ItemId);

    private static bool Has(IReadOnlyList<string> names, InteractionField field) => names.Any(name =>
        ColumnNames.Synonyms[field].Contains(ColumnNames.Normalise(name), StringComparer.Ordinal)
        || ColumnNames.Possible[field].Contains(ColumnNames.Normalise(name), StringComparer.Ordinal));

    /// <summary>The members of the objects at the beginning of a file.</summary>
    internal static JsonNames Of(Source source, Func<ByteWindow, IRecordReader> open)
    {
        using var window = new ByteWindow(source, RowLimits.Window);
        var names = new JsonNames();
        try
        {
            var records = open(window);
            while (source.UnpackedBytes <= ColumnSurvey.HeadBytes && records.Next())
            {
                if (records.Problem is null)
                    names.Add(records.Bytes);
            }
        }
        catch (InputException)
        {
            // The file breaks off. The reading itself reports that, after the rows before it.
        }
        return names;
    }

    private void Add(ReadOnlyMemory<byte> json)
    {
        if (!Utf8.IsValid(json.Span))
            return; // Rejected when it is read.
        try
        {
            using var document = JsonDocument.Parse(json);
            Add("", document.RootElement, 0);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // Rejected when it is read. A name with an escaped half of a surrogate pair is no name of a column.
        }
    }

    private void Add(string path, JsonElement element, int depth)
    {
        if (depth > MostDepth || _names.Count >= MostNames)
            return;
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (var member in element.EnumerateObject())
                    Add(path.Length == 0 ? member.Name : $"{path}.{member.Name}", member.Value, depth + 1);
                break;
            case JsonValueKind.Array:
                foreach (var each in element.EnumerateArray().Where(each => each.ValueKind == JsonValueKind.Object))
                    Add(path.Length == 0 ? "" : path + "[]", each, depth + 1);
                break;
            default:
                if (path.Length > 0 && _known.Add(path))
                    _names.Add(path);
                break;
        }
    }
}
