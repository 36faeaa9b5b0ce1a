using System.Buffers;

namespace Recommendation.Modeling.Histories;

/// <summary>What a history file holds.</summary>
/// <param name="Items">The number of items.</param>
/// <param name="Types">The number of types.</param>
/// <param name="Users">The number of users.</param>
/// <param name="Events">The number of events.</param>
/// <param name="OldestMilliseconds">When the oldest event happened, since 1970; 0 without events.</param>
/// <param name="NewestMilliseconds">When the newest event happened, since 1970; 0 without events.</param>
public sealed record HistoryTotals(
    int Items, int Types, long Users, long Events, long OldestMilliseconds, long NewestMilliseconds)
{
    internal HistoryTotals With(ReadOnlySpan<StoredEvent> newestFirst) => this with
    {
        Users = Users + 1,
        Events = Events + newestFirst.Length,
        OldestMilliseconds = Math.Min(OldestMilliseconds, newestFirst[^1].Milliseconds),
        NewestMilliseconds = Math.Max(NewestMilliseconds, newestFirst[0].Milliseconds),
    };

    internal byte[] ToBytes()
    {
        var bytes = new ArrayBufferWriter<byte>();
        bytes.Put(Items);
        bytes.Put(Types);
        bytes.Put((ulong)Users);
        bytes.Put((ulong)Events);
        bytes.PutSigned(OldestMilliseconds);
        bytes.PutSigned(NewestMilliseconds);
        return bytes.WrittenSpan.ToArray();
    }

    internal static HistoryTotals Read(ReadOnlySpan<byte> bytes)
    {
        var column = new ColumnReader(bytes);
        var totals = new HistoryTotals(
            column.Number(HistoryFormat.MaximumItems), column.Number(HistoryFormat.MaximumTypes),
            (long)column.Number(), (long)column.Number(), column.Signed(), column.Signed());
        column.End();
        return totals;
    }
}
