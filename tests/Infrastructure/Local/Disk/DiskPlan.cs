namespace Recommendation.Local.Tests.Disk;

/// <summary>How a disk fails.</summary>
internal enum DiskFault
{
    /// <summary>One operation fails, by turns since the disk is full, and the next ones don't.</summary>
    Error,

    /// <summary>The process is killed: nothing more reaches the files, and what was written stays.</summary>
    Kill,

    /// <summary>The power fails: of what was not synced, nothing is on the disk.</summary>
    PowerLoss,

    /// <summary>The power fails: of what was not synced, any part is on the disk.</summary>
    TornPowerLoss,
}

/// <summary>When and how the disk under a folder fails.</summary>
/// <param name="folder">The folder.</param>
/// <param name="fault">How it fails.</param>
/// <param name="at">At which write or sync, from 1; greater than there are for not at all.</param>
internal sealed class DiskPlan(string folder, DiskFault fault, int at)
{
    private readonly List<Change> _unsynced = [];

    internal string Folder => folder;

    internal bool IsFull => at % 2 == 0;

    /// <summary>How many writes and syncs were asked for.</summary>
    internal int Operations { get; private set; }

    /// <summary>Whether the disk has failed.</summary>
    internal bool HasFailed => Operations >= at;

    private bool IsEnd => fault is DiskFault.Kill or DiskFault.PowerLoss or DiskFault.TornPowerLoss;

    /// <summary>Counts an operation.</summary>
    /// <returns>Whether it fails.</returns>
    internal bool Next() => ++Operations == at || (IsEnd && Operations > at);

    internal void Wrote(string path, long offset, ReadOnlySpan<byte> after, byte[] before)
    {
        if (!HasFailed)
            _unsynced.Add(new(path, offset, before, after.ToArray()));
    }

    internal void Synced(string path) => _unsynced.RemoveAll(change =>
        string.Equals(change.Path, path, StringComparison.Ordinal));

    /// <summary>Takes away what was not synced, once the files are closed.</summary>
    internal void LosePower()
    {
        if (fault is not (DiskFault.PowerLoss or DiskFault.TornPowerLoss))
            return;
        var random = new Random(at);
        foreach (var file in _unsynced.GroupBy(change => change.Path).Where(file => File.Exists(file.Key)))
        {
            using var stream = new FileStream(file.Key, FileMode.Open, FileAccess.ReadWrite);
            foreach (var change in file.Reverse())
                change.Undo(stream);
            foreach (var change in file.Where(_ => fault == DiskFault.TornPowerLoss && random.Next(2) == 0))
                change.Redo(stream);
        }
    }

    private sealed record Change(string Path, long Offset, byte[] Before, byte[] After)
    {
        internal void Undo(FileStream stream)
        {
            stream.Position = Offset;
            stream.Write(Before);
            if (Before.Length < After.Length && stream.Length <= Offset + After.Length)
                stream.SetLength(Math.Min(stream.Length, Offset + Before.Length));
        }

        internal void Redo(FileStream stream)
        {
            stream.Position = Offset;
            stream.Write(After);
        }
    }
}
