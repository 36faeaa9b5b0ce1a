using Recommendation.Application.Ports;
using Recommendation.Domain.Interactions;
using Recommendation.Modeling.Data;
using Recommendation.Modeling.Histories;

namespace Recommendation.Modeling.RowBlocks;

/// <summary>
/// The events of a history file as the trainer uses them: with the weights of the settings, until a time, without what
/// weighs nothing or is cancelled. Only some users are in memory at a time.
/// </summary>
internal sealed class HistorySource : IDisposable
{
    private readonly HistoryFileReader _file;
    private readonly HistoryConverter _converter;
    private readonly int[] _numbers;

    private HistorySource(HistoryFileReader file, HistoryConverter converter, Scan scan)
    {
        (_file, _converter) = (file, converter);
        (Users, Events, Read, Unnamed) = (scan.Users, scan.Events, scan.Read, converter.Unnamed);
        (OldestMilliseconds, NewestMilliseconds) = scan.Events == 0 ? (0, 0) : (scan.Oldest, scan.Newest);
        _numbers = new int[file.ItemIds.Length];
        var ids = new List<string>();
        for (var item = 0; item < _numbers.Length; item++)
        {
            _numbers[item] = converter.Used[item] ? ids.Count : -1;
            if (converter.Used[item])
                ids.Add(file.ItemIds[item]);
        }
        ItemIds = [.. ids];
    }

    /// <summary>The items with any event that weighs something, in ordinal order.</summary>
    public string[] ItemIds { get; }

    /// <summary>The users with any event that counts.</summary>
    public long Users { get; }

    /// <summary>The events that count.</summary>
    public long Events { get; }

    /// <summary>All events until the time, those that weigh nothing included.</summary>
    public long Read { get; }

    public UnnamedTypes Unnamed { get; }

    public long OldestMilliseconds { get; }

    public long NewestMilliseconds { get; }

    /// <summary>Reads the file once, to see which items and events count.</summary>
    /// <param name="file">The file; the source closes it.</param>
    /// <param name="types">What events weigh.</param>
    /// <param name="asOf">Later events are left out.</param>
    /// <param name="cancellationToken">Checked for every block.</param>
    /// <exception cref="StoredFormatException">The file is damaged.</exception>
    public static HistorySource Open(
        HistoryFileReader file, EventTypeSettings types, DateTimeOffset asOf, CancellationToken cancellationToken)
    {
        var converter = new HistoryConverter(file, types, asOf.ToUnixTimeMilliseconds());
        var scan = new Scan(0, 0, 0, long.MaxValue, long.MinValue);
        foreach (var block in file.Blocks(cancellationToken))
        {
            scan = scan with { Read = scan.Read + converter.Count(block) };
            var events = converter.Convert(block);
            for (var user = 0; user < events.Users; user++)
            {
                var own = events.Of(user);
                scan = scan with
                {
                    Users = scan.Users + 1,
                    Events = scan.Events + own.Length,
                    Oldest = Math.Min(scan.Oldest, own[^1].Milliseconds),
                    Newest = Math.Max(scan.Newest, own[0].Milliseconds),
                };
            }
        }
        return new(file, converter, scan);
    }

    /// <summary>All users with events that count, some at a time, in the order of the file.</summary>
    public IEnumerable<TrainingEvents> Chunks(CancellationToken cancellationToken)
    {
        foreach (var block in _file.Blocks(cancellationToken))
        {
            var events = _converter.Convert(block);
            foreach (ref var one in events.Events.AsSpan())
                one = one with { Item = _numbers[one.Item] };
            yield return events with { ItemIds = ItemIds, NewestMilliseconds = NewestMilliseconds };
        }
    }

    /// <summary>All events of some of the users.</summary>
    /// <param name="interactions">About how many events to take at most, as whole users.</param>
    /// <param name="cancellationToken">Checked for every block.</param>
    public TrainingEvents Sample(long interactions, CancellationToken cancellationToken)
    {
        var share = Math.Min(1, (double)interactions / Math.Max(1, Events));
        var (number, offsets, events) = (0L, new List<int> { 0 }, new List<TrainingEvent>());
        foreach (var chunk in Chunks(cancellationToken))
        {
            for (var user = 0; user < chunk.Users; user++)
            {
                if (!UserSample.Has(number++, share))
                    continue;
                foreach (var one in chunk.Of(user))
                    events.Add(one with { User = offsets.Count - 1 });
                offsets.Add(events.Count);
            }
        }
        return new(ItemIds, [], [.. offsets], [.. events]) { NewestMilliseconds = NewestMilliseconds };
    }

    public void Dispose() => _file.Dispose();

    private readonly record struct Scan(long Users, long Events, long Read, long Oldest, long Newest);
}
