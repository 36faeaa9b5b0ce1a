using System.Buffers;
using System.Text;

namespace Recommendation.Export;

/// <summary>Writes tables as CSV (RFC 4180): UTF-8, a header, commas, LF.</summary>
public static class CsvTableWriter
{
    private static readonly SearchValues<char> s_quoted = SearchValues.Create(",\"\r\n");

    public static async Task WriteAsync<TRow>(
        IAsyncEnumerable<TRow> rows,
        IReadOnlyList<TableColumn<TRow>> columns,
        Stream output,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(columns);
        await using var writer = new StreamWriter(output, new UTF8Encoding(false), 1 << 16, leaveOpen: true)
        {
            NewLine = "\n",
        };
        await writer.WriteLineAsync(string.Join(',', columns.Select(column => Quoted(column.Name))));
        await foreach (var row in rows.WithCancellation(cancellationToken))
        {
            for (var i = 0; i < columns.Count; i++)
            {
                if (i > 0)
                    await writer.WriteAsync(',');
                await writer.WriteAsync(Quoted(columns[i].TextOf(row)));
            }
            await writer.WriteLineAsync();
        }
    }

    /// <summary>Also with spaces at its ends, which readers may take away.</summary>
    private static string Quoted(string? text)
    {
        if (string.IsNullOrEmpty(text))
            return "";
        return text.AsSpan().ContainsAny(s_quoted) || text[0] == ' ' || text[^1] == ' '
            ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text;
    }
}
