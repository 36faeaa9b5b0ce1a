using System.Runtime.InteropServices;
using Recommendation.Application.Interactions;
using Recommendation.Import.Internals.Json;

namespace Recommendation.Import.Internals;

/// <summary>JSON in the event format: each line, or each element of an array, is a record.</summary>
internal static class JsonLinesRows
{
    internal static IEnumerable<ImportRow> Read(IRecordReader lines, CancellationToken cancellationToken)
    {
        var events = new List<DecodedEvent>(1);
        while (lines.Next())
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (lines.Problem is { } problem)
            {
                yield return new ImportRow
                {
                    Kind = ImportRowKind.Rejected,
                    Line = lines.Line,
                    Index = lines.Index,
                    Rejection = problem,
                    Raw = lines.Bytes,
                };
                continue;
            }
            events.Clear();
            EventDecoder.Read(lines.Bytes, events);
            for (var i = 0; i < events.Count; i++)
                yield return RowOf(lines.Line, lines.Index, CollectionsMarshal.AsSpan(events)[i]);
        }
    }

    private static ImportRow RowOf(long line, int index, in DecodedEvent decoded) => new()
    {
        Kind = decoded.Problem is null ? ImportRowKind.Event : ImportRowKind.Rejected,
        Line = line,
        Index = index + decoded.Index,
        Event = decoded.Raw,
        Rejection = decoded.Problem,
        Raw = decoded.Problem is null ? decoded.Bytes : RowLimits.Cap(decoded.Bytes),
    };
}
