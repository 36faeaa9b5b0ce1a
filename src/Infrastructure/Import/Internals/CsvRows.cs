using Recommendation.Domain.Interactions;

namespace Recommendation.Import.Internals;

/// <summary>CSV with the event format's names as columns, in any order; empty cells are absent fields.</summary>
internal sealed class CsvRows
{
    private readonly CsvTable _table;
    private readonly int _user;
    private readonly int _item;
    private readonly int _type;
    private readonly int _timestamp;
    private readonly int _eventId;
    private readonly int _value;

    internal CsvRows(CsvTable table, string file)
    {
        _table = table;
        _user = table.Column("userId");
        _item = table.Column("itemId");
        _type = table.Column("interactionType", "type");
        _timestamp = table.Column("timestamp");
        _eventId = table.Column("eventId");
        _value = table.Column("value");
        if (_user < 0 || _item < 0)
            throw new InputException(
                $"The header of '{file}' has {table.Found}; it needs userId and itemId (or the Online Retail columns {OnlineRetailRows.Columns}).");
    }

    internal IEnumerable<ImportRow> Read(CancellationToken cancellationToken)
    {
        while (_table.Next())
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (_table.Problem is { } problem)
                yield return new ImportRow { Kind = ImportRowKind.Rejected, Line = _table.Line, Rejection = problem, Raw = RowLimits.Cap(_table.Raw) };
            else
                yield return new ImportRow { Kind = ImportRowKind.Event, Line = _table.Line, Event = Event() };
        }
    }

    private RawInteraction Event() => new()
    {
        UserId = _table.Text(_user),
        ItemId = _table.Text(_item),
        InteractionType = _table.Text(_type),
        Timestamp = _table.Text(_timestamp),
        EventId = _table.Text(_eventId),
        Value = _table.Text(_value),
    };
}
