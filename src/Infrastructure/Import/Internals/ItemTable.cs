using Recommendation.Domain.Items;
using Recommendation.Import.Internals.ParquetFiles;

namespace Recommendation.Import.Internals;

/// <summary>The rows of a table as items. Columns that mean nothing else are attributes.</summary>
internal sealed class ItemTable
{
    private readonly IRowTable _table;
    private readonly ParquetTable? _typed;
    private readonly int _item;
    private readonly int _title;
    private readonly int _categories;
    private readonly int _available;
    private readonly (int Column, string Name)[] _values;

    /// <exception cref="InputException">Two columns have the same name.</exception>
    internal ItemTable(IRowTable table)
    {
        (_table, _typed) = (table, table as ParquetTable);
        (_item, _title) = (table.Column("itemId"), table.Column("title"));
        (_categories, _available) = (table.Column("categories"), table.Column("available"));
        _values =
        [
            .. table.Names.Select((name, column) => (Column: column, Name: ItemNames.Of(name)!))
                .Where(one => one.Name is not null && IsRead(one.Column)),
        ];
        var twice = _values.CountBy(one => one.Name, StringComparer.Ordinal).FirstOrDefault(one => one.Value > 1);
        if (twice.Key is { } name)
            throw new InputException($"The header of '{table.File}' names the column {name} twice; rename one.");
    }

    internal IEnumerable<ItemRow> Rows(CancellationToken cancellationToken)
    {
        while (_table.Next())
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return _table.Problem is { } problem
                ? ItemRow.Rejected(_table.Line, problem, _table.Raw)
                : Fields().ToRow(_table.Line, _table.Raw);
        }
    }

    private bool IsRead(int column) => _typed is null || _typed.TypeOf(column) is not null;

    private ItemFields Fields() => new(
        _table.Text(_item),
        _table.Text(_title),
        HasTitle: _title >= 0,
        _categories >= 0 ? Categories() : null,
        _table.Text(_available),
        HasAvailable: _available >= 0,
        _values.Length > 0 ? Values() : null,
        IsFromText: _typed is null);

    private IReadOnlyList<string> Categories() =>
        _typed?.HoldsLists(_categories) == true
            ? [.. _typed.Texts(_categories).Select(text => text.Trim()).Where(text => text.Length > 0)]
            : ItemFields.Split(_table.Text(_categories));

    private Dictionary<string, AttributeValue?> Values()
    {
        var values = new Dictionary<string, AttributeValue?>(_values.Length, StringComparer.Ordinal);
        foreach (var (column, name) in _values)
        {
            values[name] = _typed is not null ? _typed.Value(column)
                : _table.Text(column)?.Trim() is { } text ? AttributeValue.Of(text) : null;
        }
        return values;
    }
}
