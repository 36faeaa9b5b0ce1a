using System.Globalization;
using Recommendation.Domain.Interactions;

namespace Recommendation.Import.Internals;

/// <summary>
/// CSV with the event format's names as columns, in any order; empty cells are absent fields. Also the interaction files of
/// public data sets, whose columns are <c>user_id:token</c>, <c>item_id:token</c>, <c>rating:float</c> and <c>timestamp:float</c>, in seconds.
/// </summary>
internal sealed class CsvRows
{
    private readonly CsvTable _table;
    private readonly int _user;
    private readonly int _item;
    private readonly int _type;
    private readonly int _timestamp;
    private readonly int _eventId;
    private readonly int _value;
    private readonly int _seconds;

    internal CsvRows(CsvTable table, string file)
    {
        _table = table;
        _user = table.Column("userId", "user_id:token");
        _item = table.Column("itemId", "item_id:token");
        _type = table.Column("interactionType", "type");
        _timestamp = table.Column("timestamp");
        _eventId = table.Column("eventId");
        _value = table.Column("value", "rating:float");
        _seconds = table.Column("timestamp:float");
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
        Timestamp = _seconds < 0 ? _table.Text(_timestamp) : FromSeconds(_table.Text(_seconds)),
        EventId = _table.Text(_eventId),
        Value = _table.Text(_value),
    };

    // What is no number of seconds goes on as it is, and is judged with the event.
    private static string? FromSeconds(string? text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds) && Math.Abs(seconds) < 1e12
            ? ((long)Math.Round(seconds * 1000)).ToString(CultureInfo.InvariantCulture)
            : text;
}
