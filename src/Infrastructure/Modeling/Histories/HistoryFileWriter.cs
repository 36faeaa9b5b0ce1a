using System.Buffers;
using System.Runtime.InteropServices;
using System.Text;
using Recommendation.Domain.Interactions;

namespace Recommendation.Modeling.Histories;

/// <summary>
/// Writes interactions in any order as a history file. Memory grows with the number of items, not with users or
/// interactions. The same interactions give the same bytes, whatever their order.
/// </summary>
public static class HistoryFileWriter
{
    /// <summary>How many events are sorted in memory at once: about 100 MB.</summary>
    public const int DefaultBufferEvents = 2_000_000;

    private const int EventsBetweenReports = 1 << 16;

    /// <param name="interactions">The interactions, in any order; read once.</param>
    /// <param name="output">Where the file goes.</param>
    /// <param name="temporaryFolder">The folder for sorting, which takes about 22 bytes an interaction; null for the
    /// system's folder for temporary files.</param>
    /// <param name="bufferEvents">How many events are sorted in memory at once; at least 1.</param>
    /// <param name="progress">Receives the number of interactions that were read.</param>
    /// <param name="cancellationToken">Cancels the writing. No reader takes half a file for a whole one.</param>
    /// <returns>What the file holds.</returns>
    public static async Task<HistoryTotals> WriteAsync(
        IAsyncEnumerable<Interaction> interactions,
        Stream output,
        string? temporaryFolder,
        int bufferEvents,
        Action<long>? progress,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(interactions);
        ArgumentNullException.ThrowIfNull(output);
        ArgumentOutOfRangeException.ThrowIfLessThan(bufferEvents, 1);
        var (items, types) = (new Numbering(), new Numbering());
        using var sort = new UserSort(temporaryFolder, bufferEvents);
        var read = 0L;
        await foreach (var one in interactions.WithCancellation(cancellationToken))
        {
            var type = types.OfType(one.Type.Value);
            sort.Add(one.UserId.Value, new(
                one.OccurredAt.ToUnixTimeMilliseconds(), one.Value ?? double.NaN, items.Of(one.ItemId.Value), type));
            if (++read % EventsBetweenReports == 0)
                progress?.Invoke(read);
        }
        return Write(output, sort, items.InOrder(), types.InOrder(), cancellationToken);
    }

    private static HistoryTotals Write(
        Stream output, UserSort sort, OrderedIds items, OrderedIds types, CancellationToken cancellationToken)
    {
        var sections = new SectionWriter(output);
        WriteItems(sections, items);
        WriteTypes(sections, types);
        var block = new HistoryBlockWriter(HistoryItems.Ranks(items.Counts));
        var totals = new HistoryTotals(items.Ids.Length, types.Ids.Length, 0, 0, long.MaxValue, long.MinValue);
        foreach (var (user, events) in sort.Sorted())
        {
            cancellationToken.ThrowIfCancellationRequested();
            var own = CollectionsMarshal.AsSpan(events);
            foreach (ref var one in own)
                one = one with { Item = items.Places[one.Item], Type = (ushort)types.Places[one.Type] };
            own.Sort();
            totals = totals.With(own);
            Add(sections, block, Encoding.UTF8.GetBytes(user), own);
        }
        if (block.Users > 0)
            sections.Write(SectionKind.Users, block.End(continues: false));
        totals = totals.Events == 0 ? totals with { OldestMilliseconds = 0, NewestMilliseconds = 0 } : totals;
        sections.Write(SectionKind.End, totals.ToBytes());
        output.Flush();
        return totals;
    }

    /// <summary>Adds a user, in more than one block if there are that many events.</summary>
    private static void Add(
        SectionWriter sections, HistoryBlockWriter block, byte[] user, ReadOnlySpan<StoredEvent> events)
    {
        while (block.Events + events.Length > HistoryFormat.BlockEvents)
        {
            var fits = HistoryFormat.BlockEvents - block.Events;
            if (fits > 0)
                block.Add(user, events[..fits]);
            sections.Write(SectionKind.Users, block.End(continues: fits > 0));
            events = events[fits..];
        }
        block.Add(user, events);
    }

    private static void WriteItems(SectionWriter sections, OrderedIds items)
    {
        var section = new ArrayBufferWriter<byte>();
        for (var from = 0; from < items.Ids.Length; from += HistoryFormat.ItemsOfSection)
        {
            var to = Math.Min(items.Ids.Length, from + HistoryFormat.ItemsOfSection);
            section.ResetWrittenCount();
            section.Put(to - from);
            byte[] before = [];
            for (var item = from; item < to; item++)
            {
                var id = Encoding.UTF8.GetBytes(items.Ids[item]);
                section.PutId(id, before);
                section.Put((ulong)items.Counts[item]);
                before = id;
            }
            sections.Write(SectionKind.Items, section.WrittenSpan);
        }
    }

    private static void WriteTypes(SectionWriter sections, OrderedIds types)
    {
        var section = new ArrayBufferWriter<byte>();
        section.Put(types.Ids.Length);
        foreach (var id in types.Ids)
            section.PutId(Encoding.UTF8.GetBytes(id), before: []);
        sections.Write(SectionKind.Types, section.WrittenSpan);
    }
}
