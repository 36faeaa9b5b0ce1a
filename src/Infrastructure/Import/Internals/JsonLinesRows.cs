using System.Runtime.InteropServices;
using Recommendation.Application.Interactions;

namespace Recommendation.Import.Internals;

/// <summary>JSON Lines: each line is a record of the event format.</summary>
internal static class JsonLinesRows
{
    internal static IEnumerable<ImportRow> Read(ByteWindow window, CancellationToken cancellationToken)
    {
        var lines = new LineReader(window);
        var events = new List<DecodedEvent>(1);
        while (lines.Next())
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (lines.Problem is { } problem)
            {
                yield return new ImportRow { Kind = ImportRowKind.Rejected, Line = lines.Line, Rejection = problem, Raw = lines.Bytes };
                continue;
            }
            events.Clear();
            EventDecoder.Read(lines.Bytes, events);
            for (var i = 0; i < events.Count; i++)
                yield return RowOf(lines.Line, CollectionsMarshal.AsSpan(events)[i]);
        }
    }

    private static ImportRow RowOf(long line, in DecodedEvent decoded) => new()
    {
        Kind = decoded.Problem is null ? ImportRowKind.Event : ImportRowKind.Rejected,
        Line = line,
        Index = decoded.Index,
        Event = decoded.Raw,
        Rejection = decoded.Problem,
        Raw = decoded.Problem is null ? decoded.Bytes : RowLimits.Cap(decoded.Bytes),
    };
}
