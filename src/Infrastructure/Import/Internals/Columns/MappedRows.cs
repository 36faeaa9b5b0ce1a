using System.Globalization;
using System.Runtime.InteropServices;
using Recommendation.Domain.Interactions;
using Recommendation.Import.Internals.Times;

namespace Recommendation.Import.Internals.Columns;

/// <summary>The interactions of a table: one a row, with the fields in the columns of a map.</summary>
internal sealed class MappedRows(IRowTable table, ColumnMap map, TimeReader times, IdReader users, IdReader items)
{
    private readonly Dictionary<string, int> _linesOfOrder = new(StringComparer.Ordinal);
    private string? _currentOrder;

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
        var timeText = Joined(map[InteractionField.Timestamp], ' ');
        var raw = new RawInteraction
        {
            UserId = users.Read(First(map[InteractionField.UserId])),
            ItemId = items.Read(First(map[InteractionField.ItemId])),
            InteractionType = First(map[InteractionField.InteractionType]),
            Timestamp = times.Read(timeText),
            Value = First(map[InteractionField.Value]),
        };
        raw = raw with { EventId = map.Order >= 0 ? OrderLine(raw) : Joined(map[InteractionField.EventId], '/') };
        var row = new ImportRow
        {
            Kind = ImportRowKind.Event,
            Line = table.Line,
            Index = table.Index,
            Event = raw,
            TimeAsWritten = times.IsMoved ? timeText : null,
        };
        return times.Problem is { } problem ? row.WithBadTime(table.Names[map[InteractionField.Timestamp][0]], timeText!, problem) : row;
    }

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
            if (table.Text(column) is { } text)
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
        return texts.Count == 0 || (separator == '/' && texts.Count < columns.Length) ? null : string.Join(separator, texts);
    }

    /// <summary>Order, item, type and how many such lines of the order came before; null where the row is of no order.</summary>
    private string? OrderLine(in RawInteraction raw)
    {
        if (table.Text(map.Order) is not { } order)
            return null;
        if (!string.Equals(order, _currentOrder, StringComparison.Ordinal))
        {
            _linesOfOrder.Clear();
            _currentOrder = order;
        }
        var key = raw.InteractionType is { } type ? $"{raw.ItemId}/{type}" : raw.ItemId ?? "";
        ref var count = ref CollectionsMarshal.GetValueRefOrAddDefault(_linesOfOrder, key, out _);
        count++;
        return string.Create(CultureInfo.InvariantCulture, $"{order}/{key}/{count}");
    }
}
