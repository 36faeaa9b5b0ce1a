using System.Globalization;
using System.Runtime.InteropServices;
using Recommendation.Domain;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Items;

namespace Recommendation.Import.Internals;

/// <summary>The Online Retail data set (doi 10.24432/C5BW33): a line of an invoice per row.</summary>
internal sealed class OnlineRetailRows
{
    internal const string Columns = "InvoiceNo, StockCode, Description, Quantity, InvoiceDate, CustomerID";

    /// <summary>After so many products their titles are told again: memory must not grow with the file.</summary>
    private const int MaximumTold = 100_000;

    private static readonly string[] s_dates = ["d/M/yyyy H:mm", "d/M/yyyy H:mm:ss"];

    private readonly CsvTable _table;
    private readonly int _invoice;
    private readonly int _stockCode;
    private readonly int _description;
    private readonly int _quantity;
    private readonly int _date;
    private readonly int _customer;
    private readonly Dictionary<string, int> _linesOfInvoice = new(StringComparer.Ordinal);
    private readonly HashSet<string> _told = new(StringComparer.Ordinal);
    private string? _currentInvoice;
    private (string Text, string Time) _lastDate = ("", "");

    internal OnlineRetailRows(CsvTable table, string file)
    {
        _table = table;
        table.AllowLatin1 = true; // The copies in circulation have pound signs in Latin-1.
        _invoice = table.Column("InvoiceNo");
        _stockCode = table.Column("StockCode");
        _description = table.Column("Description");
        _quantity = table.Column("Quantity");
        _date = table.Column("InvoiceDate");
        _customer = table.Column("CustomerID");
        if (!IsHeaderOf(table))
            throw new InputException($"The header of '{file}' has {table.Found}; Online Retail needs {Columns}.");
    }

    internal static bool IsHeaderOf(CsvTable table) => table.Column("InvoiceNo") >= 0 && table.Column("StockCode") >= 0
        && table.Column("Description") >= 0 && table.Column("Quantity") >= 0 && table.Column("InvoiceDate") >= 0 && table.Column("CustomerID") >= 0;

    internal IEnumerable<ImportRow> Read(CancellationToken cancellationToken)
    {
        while (_table.Next())
        {
            cancellationToken.ThrowIfCancellationRequested();
            var row = Row();
            if (row.Kind == ImportRowKind.Event && NewItem(row.Event.ItemId) is { } item)
                yield return new ImportRow { Kind = ImportRowKind.Item, Line = row.Line, Item = item };
            yield return row;
        }
    }

    private ImportRow Row()
    {
        if (_table.Problem is { } problem)
            return Rejected(problem);
        if (_table.Text(_invoice) is not { } invoice)
            return Rejected(new Rejection(RejectionCode.Malformed, "InvoiceNo is empty."));
        var eventId = EventId(invoice, _table.Text(_stockCode));
        if (_table.Text(_customer) is not { } customer)
            return Skipped(ImportRow.NoCustomer);
        if (invoice[0] is 'C' or 'c')
            return Skipped(ImportRow.Cancellation);
        var raw = new RawInteraction
        {
            EventId = eventId,
            UserId = customer,
            ItemId = _table.Text(_stockCode),
            InteractionType = InteractionType.Purchase.Value,
            Timestamp = Time(_table.Text(_date)),
            Value = _table.Text(_quantity),
        };
        return new ImportRow { Kind = ImportRowKind.Event, Line = _table.Line, Event = raw };
    }

    private ImportRow Skipped(string reason) => new() { Kind = ImportRowKind.Skipped, Line = _table.Line, SkippedBecause = reason };

    private ImportRow Rejected(Rejection rejection) =>
        new() { Kind = ImportRowKind.Rejected, Line = _table.Line, Rejection = rejection, Raw = RowLimits.Cap(_table.Raw) };

    private string EventId(string invoice, string? stockCode)
    {
        if (!string.Equals(invoice, _currentInvoice, StringComparison.Ordinal))
        {
            _linesOfInvoice.Clear();
            _currentInvoice = invoice;
        }
        ref var count = ref CollectionsMarshal.GetValueRefOrAddDefault(_linesOfInvoice, stockCode ?? "", out _);
        count++;
        return string.Create(CultureInfo.InvariantCulture, $"{invoice}/{stockCode}/{count}");
    }

    // What is not day/month/year goes on as it is: it may be ISO 8601, and is judged with the event.
    private string? Time(string? text)
    {
        if (text is null || ReferenceEquals(text, _lastDate.Text))
            return text is null ? null : _lastDate.Time;
        const DateTimeStyles styles = DateTimeStyles.AssumeUniversal | DateTimeStyles.AllowWhiteSpaces;
        var isDate = DateTimeOffset.TryParseExact(text, s_dates, CultureInfo.InvariantCulture, styles, out var date);
        _lastDate = (text, isDate ? Timestamps.Format(date) : text);
        return _lastDate.Time;
    }

    private CatalogItem? NewItem(string? stockCode)
    {
        if (stockCode is null || _told.Contains(stockCode) || _table.Text(_description)?.Trim() is not { } title)
            return null;
        if (_told.Count >= MaximumTold)
            _told.Clear();
        _told.Add(stockCode);
        // Where the code is no id the event is rejected for it, so it needs no title.
        return ItemFields.IdOf(stockCode) is { } id ? new CatalogItem(id, title, []) : null;
    }
}
