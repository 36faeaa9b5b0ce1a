using System.Globalization;
using System.Runtime.InteropServices;
using Recommendation.Domain.Interactions;
using Recommendation.Import.Internals.Times;

namespace Recommendation.Import.Internals.Columns;

/// <summary>The interactions of a table: one a row, with the fields in the columns of a map.</summary>
/// <param name="table">The rows.</param>
/// <param name="map">The columns.</param>
/// <param name="times">Reads the times in the form of the file.</param>
/// <param name="users">Reads the ids of users.</param>
/// <param name="items">Reads the ids of items.</param>
/// <param name="preset">What the names of the columns don't say; null where there is nothing.</param>
/// <param name="type">What a row without a type is; null where that is left to the event format.</param>
internal sealed class MappedRows(
    IRowTable table, ColumnMap map, TimeReader times, IdReader users, IdReader items, Preset? preset, string? type)
{
    private readonly Dictionary<string, int> _linesOfOrder = new(StringComparer.Ordinal);
    private readonly IReadOnlyList<(int Column, string[] Values)> _cancelled = map.Cancelled;
    private readonly int[] _user = map[InteractionField.UserId];
    private readonly int[] _item = map[InteractionField.ItemId];
    private readonly int[] _type = map[InteractionField.InteractionType];
    private readonly int[] _time = map[InteractionField.Timestamp];
    private readonly int[] _eventId = map[InteractionField.EventId];
    private readonly int[] _value = map[InteractionField.Value];
    private readonly int[] _currency = map[InteractionField.Currency];
    private readonly int[] _list = map[InteractionField.RecommendationId];
    private string? _currentOrder;
    private OrderHead _head;

    internal IEnumerable<ImportRow> Read(CancellationToken cancellationToken)
    {
        while (table.Next())
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return table.Problem is { } problem ? Rejected(problem) : Row();
        }
    }

    private ImportRow Row()
    {
        var head = Head();
        var raw = new RawInteraction
        {
            UserId = users.Read(head.User),
            ItemId = items.Read(First(_item)),
            InteractionType = Type(),
            Timestamp = times.Read(head.Time),
            Value = First(_value),
            Currency = First(_currency),
            RecommendationId = First(_list),
        };
        if (head.IsCancelled)
            return Skipped(ImportRow.Cancellation);
        if (preset is { SkipsIncomplete: true } && (raw.UserId is null || raw.ItemId is null))
            return Skipped(raw.ItemId is null ? ImportRow.NoItem : ImportRow.NoCustomer);
        raw = raw with { EventId = map.Orders.Length > 0 ? OrderLine(raw, head.Order) : Joined(_eventId, '/') };
        var row = new ImportRow
        {
            Kind = ImportRowKind.Event,
            Line = table.Line,
            Index = table.Index,
            Event = raw,
            TimeAsWritten = times.IsMoved ? head.Time : null,
        };
        return times.Problem is { } problem
            ? row.WithBadTime(table.Names[_time[0]], head.Time!, problem)
            : row;
    }

    /// <summary>
    /// What belongs to the whole order; a row takes over from the one before it what it lacks, where the format is so.
    /// </summary>
    private OrderHead Head()
    {
        var order = First(map.Orders);
        var user = First(_user);
        var head = new OrderHead(order, user, Joined(_time, ' '), IsCancelled());
        if (
            preset is { CarriesOver: true }
            && order is not null
            && string.Equals(order, _head.Order, StringComparison.Ordinal)
        )
            head = new OrderHead(
                order,
                head.User ?? _head.User,
                head.Time ?? _head.Time,
                head.IsCancelled || _head.IsCancelled
            );
        return _head = head;
    }

    private bool IsCancelled()
    {
        foreach (var (column, values) in _cancelled)
        {
            if (
                table.Text(column) is { } text
                && (values.Length == 0 || values.Contains(text.Trim(), StringComparer.OrdinalIgnoreCase))
            )
                return true;
        }
        return false;
    }

    private string? Type()
    {
        var text = First(_type) ?? type;
        return text is not null && preset is not null ? preset.Types.GetValueOrDefault(text.Trim(), text) : text;
    }

    private ImportRow Skipped(string reason) =>
        new() { Kind = ImportRowKind.Skipped, Line = table.Line, Index = table.Index, SkippedBecause = reason };

    private ImportRow Rejected(Rejection problem) => new()
    {
        Kind = ImportRowKind.Rejected,
        Line = table.Line,
        Index = table.Index,
        Rejection = problem,
        Raw = RowLimits.Cap(table.Raw),
    };

    private string? First(ReadOnlySpan<int> columns)
    {
        foreach (var column in columns)
        {
            if (table.Text(column) is { } text && !text.Equals(preset?.Nobody, StringComparison.Ordinal))
                return text;
        }
        return null;
    }

    private string? Joined(ReadOnlySpan<int> columns, char separator)
    {
        if (columns.Length < 2)
            return columns.IsEmpty ? null : table.Text(columns[0]);
        var texts = new List<string>(columns.Length);
        foreach (var column in columns)
        {
            if (table.Text(column) is { } text)
                texts.Add(text.Trim());
        }
        // Half an id would be another event's as well.
        return texts.Count == 0 || (separator == '/' && texts.Count < columns.Length)
            ? null
            : string.Join(separator, texts);
    }

    /// <summary>
    /// Order, item, type and how many such lines of the order came before; null where the row is of no order.
    /// </summary>
    private string? OrderLine(in RawInteraction raw, string? order)
    {
        if (order is null)
            return null;
        if (!string.Equals(order, _currentOrder, StringComparison.Ordinal))
        {
            _linesOfOrder.Clear();
            _currentOrder = order;
        }
        var key = _type.Length > 0 && raw.InteractionType is { } kind ? $"{raw.ItemId}/{kind}" : raw.ItemId ?? "";
        ref var count = ref CollectionsMarshal.GetValueRefOrAddDefault(_linesOfOrder, key, out _);
        count++;
        return string.Create(CultureInfo.InvariantCulture, $"{order}/{key}/{count}");
    }

    /// <summary>What the rows of an order have in common.</summary>
    private readonly record struct OrderHead(string? Order, string? User, string? Time, bool IsCancelled);
}
