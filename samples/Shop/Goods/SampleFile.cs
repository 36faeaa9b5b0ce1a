using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace Shop.Goods;

/// <summary>A line of an invoice.</summary>
internal sealed record SoldLine(
    int Number, string Product, string Title, int Quantity, DateTimeOffset At, double Price, string Customer);

/// <summary>Reads the invoices of a real shop, three weeks of December 2010; see samples/README.md.</summary>
internal static class SampleFile
{
    internal static IReadOnlyList<SoldLine> Read()
    {
        var path = Path.Combine(AppContext.BaseDirectory, "samples", "online-retail-2010-12.csv.gz");
        using var packed = File.OpenRead(path);
        using var reader = new StreamReader(new GZipStream(packed, CompressionMode.Decompress));
        var lines = new List<SoldLine>();
        reader.ReadLine(); // The names of the columns.
        for (var number = 2; reader.ReadLine() is { } row; number++)
        {
            if (Line(number, Cells(row)) is { } line)
                lines.Add(line);
        }
        return lines;
    }

    /// <returns>Null for postage and the like, for returned goods, and where there is no customer.</returns>
    private static SoldLine? Line(int number, List<string> cells)
    {
        if (cells is not [var invoice, var product, var title, var quantity, var at, var price, var customer, _])
            throw new InvalidDataException($"Line {number} of the sample has {cells.Count} columns, not 8.");
        if (customer.Length == 0 || invoice.StartsWith('C') || !product.Any(char.IsAsciiDigit))
            return null;
        return new SoldLine(
            number,
            product,
            Readable(title),
            int.Parse(quantity, CultureInfo.InvariantCulture),
            DateTimeOffset.ParseExact(
                at, "dd/MM/yyyy HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal),
            double.Parse(price, CultureInfo.InvariantCulture),
            customer);
    }

    /// <summary>The titles are in capital letters.</summary>
    private static string Readable(string title)
    {
        var text = string.Join(' ', title.Split(' ', StringSplitOptions.RemoveEmptyEntries)).TrimEnd('.');
        return text.Length < 2 ? text : text[..1] + text[1..].ToLowerInvariant();
    }

    private static List<string> Cells(string row)
    {
        var (cells, cell, isQuoted) = (new List<string>(8), new StringBuilder(), false);
        foreach (var one in row)
        {
            if (one == '"')
                isQuoted = !isQuoted;
            else if (one == ',' && !isQuoted)
            {
                cells.Add(cell.ToString());
                cell.Clear();
            }
            else
                cell.Append(one);
        }
        cells.Add(cell.ToString());
        return cells;
    }
}
