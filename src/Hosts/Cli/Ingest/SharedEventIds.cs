using System.Globalization;
using Recommendation.Domain.Interactions;
using Recommendation.Import;

namespace Recommendation.Cli.Ingest;

/// <summary>
/// Notices event ids that a user has more than once, with other items: that is what the id of an order looks like.
/// Lines of one order are near each other, so only the last of them are kept.
/// </summary>
internal sealed class SharedEventIds
{
    private const int Kept = 8192;

    private readonly Dictionary<(string User, string Event), string?> _items = [];
    private long _shared;

    internal void Add(in RawInteraction raw)
    {
        if (raw.EventId is null || raw.UserId is null)
            return;
        if (_items.Count >= Kept)
            _items.Clear();
        if (!_items.TryAdd((raw.UserId, raw.EventId), raw.ItemId)
            && !string.Equals(_items[(raw.UserId, raw.EventId)], raw.ItemId, StringComparison.Ordinal))
            _shared++;
    }

    /// <summary>What to say; null where there is nothing.</summary>
    internal string? Note(long rows, FileReading reading)
    {
        if (_shared == 0)
            return null;
        var columns = $"{NameOf(reading, "eventId")},{NameOf(reading, "itemId")}";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{_shared:n0} of {rows:n0} lines have an event id that the user has already: is it an order id? use "
                + $"--event-id {columns}"
        );
    }

    private static string NameOf(FileReading reading, string meaning) =>
        reading.Columns.FirstOrDefault(column => string.Equals(column.Meaning, meaning, StringComparison.Ordinal))?.Name
        ?? meaning;
}
