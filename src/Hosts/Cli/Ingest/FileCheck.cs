using Recommendation.Cli.Output;
using Recommendation.Domain;
using Recommendation.Domain.Interactions;
using Recommendation.Import;

namespace Recommendation.Cli.Ingest;

/// <summary>Reads a whole file as ingest would, and counts what would become of it. Nothing is written.</summary>
internal sealed class FileCheck(string path, ReadOptions options, EventTypeSettings types, DateTimeOffset arrivedAt)
{
    private const int MostExamples = 10;
    private const int MostTypes = 100;
    private const int RowsPerReport = 4096;

    private readonly SortedDictionary<string, long> _skipped = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, long> _reasons = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, long> _types = new(StringComparer.Ordinal);
    private readonly List<RejectedRowDocument> _examples = [];
    private readonly DistinctCount _users = new();
    private readonly DistinctCount _items = new();
    private readonly DistinctCount _events = new();
    private readonly IdShapes _userShapes = new("userId");
    private readonly IdShapes _itemShapes = new("itemId");
    private readonly SharedEventIds _shared = new();
    private DateTimeOffset? _first;
    private DateTimeOffset? _last;
    private long _rows;
    private long _usable;
    private long _duplicates;

    /// <exception cref="InputException">The file can't be opened, or is of no format known.</exception>
    internal FileCheckDocument Run(Action<double> report, CancellationToken cancellationToken)
    {
        using var file = InteractionFile.Open(path, options);
        var broken = Read(file, report, cancellationToken);
        var rejected = _reasons.Values.Sum();
        List<string> notes = [.. FileNotes.Of(file.Reading, _rows), .. _userShapes.Notes(), .. _itemShapes.Notes()];
        if (_shared.Note(_rows, file.Reading) is { } shared)
            notes.Add(shared);
        if (broken is not null)
            notes.Add(broken);
        return new FileCheckDocument(
            path,
            FileImport.FormatName(file.Format),
            broken is null && _usable > 0 && _usable >= rejected,
            [.. file.Reading.Columns.Select(column => new ColumnDocument(column.Name, column.Meaning))],
            file.Reading.Unused,
            file.Reading.Times,
            _rows,
            _usable,
            _duplicates,
            rejected,
            _skipped,
            _users.Count,
            _items.Count,
            Format(_first),
            Format(_last),
            _types,
            _reasons,
            notes,
            _examples
        );
    }

    /// <returns>Why the file can't be read to its end; null where it can.</returns>
    private string? Read(InteractionFile file, Action<double> report, CancellationToken cancellationToken)
    {
        try
        {
            foreach (var row in file.Rows(cancellationToken))
            {
                if (row.Kind == ImportRowKind.Item)
                    continue;
                if (++_rows % RowsPerReport == 0 && file.Length is > 0 and { } length)
                    report(Math.Min(1, file.BytesRead / (double)length));
                if (row.Kind == ImportRowKind.Skipped)
                    Count(_skipped, row.SkippedBecause!);
                else
                    Add(row);
            }
            return null;
        }
        catch (InputException failure)
        {
            return failure.Message;
        }
    }

    private void Add(in ImportRow row)
    {
        var validated = row.Rejection is { } problem
            ? ValidationResult.Of(problem)
            : Interaction.Validate(row.Event, arrivedAt, default, types);
        if (!validated.IsAccepted)
        {
            Count(_reasons, validated.Rejected.Code.Value);
            if (_examples.Count < MostExamples)
                _examples.Add(
                    new RejectedRowDocument(row.Line, validated.Rejected.Code.Value, validated.Rejected.Message)
                );
            return;
        }
        _usable++;
        Add(validated.Accepted, hasTime: row.Event.Timestamp is not null);
        _shared.Add(row.Event);
    }

    private void Add(Interaction interaction, bool hasTime)
    {
        var (user, item) = (StableHash.Of(interaction.UserId.Value), StableHash.Of(interaction.ItemId.Value));
        _users.Add(user);
        _items.Add(item);
        _userShapes.Add(interaction.UserId.Value);
        _itemShapes.Add(interaction.ItemId.Value);
        if (interaction.EventId is { } id && !_events.Add((user * 31) ^ StableHash.Of(id.Value)))
            _duplicates++;
        if (_types.Count < MostTypes || _types.ContainsKey(interaction.Type.Value))
            Count(_types, interaction.Type.Value);
        if (!hasTime)
            return;
        _first = _first < interaction.OccurredAt ? _first : interaction.OccurredAt;
        _last = _last > interaction.OccurredAt ? _last : interaction.OccurredAt;
    }

    private static string? Format(DateTimeOffset? time) => time is { } known ? Timestamps.Format(known) : null;

    private static void Count(SortedDictionary<string, long> counts, string name) =>
        counts[name] = counts.GetValueOrDefault(name) + 1;

    /// <summary>Counts different values by their hashes, as far as memory should go.</summary>
    private sealed class DistinctCount
    {
        private const int Most = 20_000_000;

        private readonly HashSet<ulong> _seen = [];

        internal long Count => _seen.Count;

        /// <returns>False where the value was there already.</returns>
        internal bool Add(ulong hash) => _seen.Count < Most ? _seen.Add(hash) : !_seen.Contains(hash);
    }
}
