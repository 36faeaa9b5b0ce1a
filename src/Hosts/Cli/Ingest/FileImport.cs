using System.Globalization;
using System.Runtime.CompilerServices;
using Recommendation.Application.Interactions;
using Recommendation.Application.Items;
using Recommendation.Application.Quarantine;
using Recommendation.Cli.CommandLine;
using Recommendation.Cli.Output;
using Recommendation.Domain;
using Recommendation.Domain.Items;
using Recommendation.Import;

namespace Recommendation.Cli.Ingest;

/// <summary>
/// Brings a file in: its events to the log and the profiles, its items to the catalogue, where that lacks them; counts
/// what it skips.
/// </summary>
internal sealed class FileImport(Session session, string path, ReadOptions options)
{
    private const int ItemBatch = 1000;
    private const int MaximumTypes = 20;

    private readonly string _name = Path.GetFileName(path);
    private readonly SortedDictionary<string, long> _skipped = new(StringComparer.Ordinal);
    private readonly List<CatalogItem> _items = [];
    private readonly SharedEventIds _shared = new();
    private long _rows;
    private long _itemCount;

    /// <summary>The latest time of an event in the file, new or known.</summary>
    internal DateTimeOffset? Newest { get; private set; }

    /// <exception cref="InputException">The file can't be read to its end; what was read is kept.</exception>
    internal async Task<IngestDocument> RunAsync(CancellationToken cancellationToken)
    {
        using var file = InteractionFile.Open(path, options);
        var imported = await session.Terminal.WithProgressAsync(
            $"Ingesting {_name}",
            report =>
                session.SendAsync(
                    new ImportInteractions(
                        EventsAsync(file, cancellationToken),
                        session.Partition,
                        new Reports<long>(events =>
                            report(
                                file.Length is > 0 and { } length ? Math.Min(1, file.BytesRead / (double)length) : 0,
                                $"{events:n0} events"
                            )
                        )
                    ),
                    cancellationToken
                )
        );
        Newest = imported.Newest;
        return new IngestDocument(
            path,
            FormatName(file.Format),
            _rows,
            imported.Appended,
            imported.Duplicates,
            imported.Rejected,
            _skipped,
            UnnamedOf(imported),
            imported.Counted,
            _itemCount,
            Newest is { } newest ? Timestamps.Format(newest) : null,
            [.. imported.Examples.Select(QuarantinedDocument.From)],
            [.. file.Reading.Columns.Select(column => new ColumnDocument(column.Name, column.Meaning))],
            Notes(file.Reading, imported)
        );
    }

    private List<string> Notes(FileReading reading, ImportedInteractions imported)
    {
        List<string> notes = [.. FileNotes.Of(reading, _rows)];
        foreach (var (problem, count) in imported.IdProblems)
            notes.Add(string.Create(
                CultureInfo.InvariantCulture,
                $"{count:n0} events count without their recommendation ids: {problem.Message}"));
        if (_shared.Note(_rows, reading) is { } shared)
            notes.Add(shared);
        return notes;
    }

    private static Dictionary<string, long> UnnamedOf(ImportedInteractions imported) =>
        imported
            .Unnamed.Most(MaximumTypes)
            .ToDictionary(one => one.Type.Value, one => one.Count, StringComparer.Ordinal);

    internal static string FormatName(FileFormat format) => format switch
    {
        FileFormat.JsonLines => "jsonl",
        FileFormat.Csv => "csv",
        FileFormat.Parquet => "parquet",
        FileFormat.OnlineRetail => "online-retail",
        _ => "auto",
    };

    private async IAsyncEnumerable<IncomingEvent> EventsAsync(
        InteractionFile file,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        try
        {
            foreach (var row in file.Rows(cancellationToken))
            {
                if (row.Kind == ImportRowKind.Item)
                {
                    _items.Add(row.Item!);
                    if (_items.Count == ItemBatch)
                        await SaveItemsAsync(cancellationToken);
                    continue;
                }
                _rows++;
                if (row.Kind == ImportRowKind.Skipped)
                    _skipped[row.SkippedBecause!] = _skipped.GetValueOrDefault(row.SkippedBecause!) + 1;
                else
                    yield return ToEvent(row);
                _shared.Add(row.Event);
            }
        }
        finally
        {
            // Also where the file breaks off: what was read of it is kept.
            await SaveItemsAsync(cancellationToken);
        }
    }

    private IncomingEvent ToEvent(in ImportRow row)
    {
        // The reader's buffer is gone with the next row; a table's fields are kept in the event itself.
        var raw = row.Raw.IsEmpty ? default : (ReadOnlyMemory<byte>)row.ToRawBytes();
        var content = raw;
        if (raw.IsEmpty && (row.Kind == ImportRowKind.Rejected || row.Event.EventId is null))
            content = EventEncoder.Encode(row.Event with { Timestamp = row.TimeAsWritten ?? row.Event.Timestamp });
        return new IncomingEvent
        {
            Event = row.Event.EventId is null
                ? row.Event with { EventId = FileEventId.Of(_name, row.Line, row.Index, content.Span).Value }
                : row.Event,
            Problem = row.Rejection,
            Source = FileEventId.PositionOf(_name, row.Line, row.Index, content.Span),
            Raw = raw,
        };
    }

    private async Task SaveItemsAsync(CancellationToken cancellationToken)
    {
        if (_items.Count == 0)
            return;
        _itemCount += (await session.SendAsync(new FillItems([.. _items]), cancellationToken)).Count;
        _items.Clear();
    }
}
