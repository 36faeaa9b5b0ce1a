using System.Globalization;
using System.Runtime.InteropServices;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Items;
using Recommendation.Import.Internals.Columns;
using Recommendation.Import.Internals.Times;

namespace Recommendation.Import.Internals;

/// <summary>The Online Retail data set (doi 10.24432/C5BW33): a line of an invoice per row.</summary>
internal sealed class OnlineRetailRows
{
    internal const string Columns = "InvoiceNo, StockCode, Description, Quantity, InvoiceDate, CustomerID";

    /// <summary>After so many products their titles are told again: memory must not grow with the file.</summary>
    private const int MaximumTold = 100_000;

    private readonly IRowTable _table;
    private readonly int _invoice;
    private readonly int _stockCode;
    private readonly int _description;
    private readonly int _quantity;
    private readonly int _date;
    private readonly int _customer;
    private readonly Dictionary<string, int> _linesOfInvoice = new(StringComparer.Ordinal);
    private readonly HashSet<string> _told = new(StringComparer.Ordinal);
    private readonly TimeReader _times;
    private readonly IdReader _customers;
    private string? _currentInvoice;

    internal OnlineRetailRows(IRowTable table, ColumnSurvey survey)
    {
        _table = table;
        (_times, _customers) = (new TimeReader(survey.Form), new IdReader(survey.HasWholeUsers));
        if (table is CsvTable text)
            text.AllowLatin1 = true; // The copies in circulation have pound signs in Latin-1.
        var columns = ColumnsOf(table);
        (_invoice, _stockCode, _description) = (columns[0], columns[1], columns[2]);
        (_quantity, _date, _customer) = (columns[3], columns[4], columns[5]);
    }

    /// <summary>The names of Online Retail, and those of Online Retail II where they differ.</summary>
    internal static bool IsHeaderOf(IRowTable table) => Array.TrueForAll(ColumnsOf(table), column => column >= 0);

    /// <exception cref="InputException">A column is missing.</exception>
    internal static (int[] Times, int User, int Item) Surveyed(IRowTable table)
    {
        if (!IsHeaderOf(table))
            throw new InputException(
                $"The header of '{table.File}' has {ColumnMap.Found(table)}; Online Retail needs {Columns}."
            );
        var columns = ColumnsOf(table);
        return ([columns[4]], columns[5], -1);
    }

    internal static FileReading ReadingOf(IRowTable table, ColumnSurvey survey)
    {
        var columns = ColumnsOf(table);
        return new FileReading
        {
            Columns =
            [
                new(table.Names[columns[5]], "userId"),
                new(table.Names[columns[1]], "itemId"),
                new(table.Names[columns[4]], "timestamp"),
                new(table.Names[columns[0]], "eventId"),
                new(table.Names[columns[3]], "value"),
                new(table.Names[columns[2]], "title"),
            ],
            Times = survey.Times,
        };
    }

    private static int[] ColumnsOf(IRowTable table) =>
    [
        table.ColumnLike("invoiceno", "invoice"), table.ColumnLike("stockcode"), table.ColumnLike("description"),
        table.ColumnLike("quantity"), table.ColumnLike("invoicedate"), table.ColumnLike("customerid"),
    ];

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
        var date = _table.Text(_date);
        var raw = new RawInteraction
        {
            EventId = eventId,
            UserId = _customers.Read(customer),
            ItemId = _table.Text(_stockCode),
            InteractionType = InteractionType.Purchase.Value,
            Timestamp = _times.Read(date),
            Value = _table.Text(_quantity),
        };
        var row = new ImportRow { Kind = ImportRowKind.Event, Line = _table.Line, Event = raw };
        return _times.Problem is { } reason ? row.WithBadTime(_table.Names[_date], date!, reason) : row;
    }

    private ImportRow Skipped(string reason) =>
        new()
        {
            Kind = ImportRowKind.Skipped,
            Line = _table.Line,
            SkippedBecause = reason,
        };

    private ImportRow Rejected(Rejection rejection) =>
        new()
        {
            Kind = ImportRowKind.Rejected,
            Line = _table.Line,
            Rejection = rejection,
            Raw = RowLimits.Cap(_table.Raw),
        };

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
