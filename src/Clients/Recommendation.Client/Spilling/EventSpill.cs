using System.Globalization;
using System.Security.Cryptography;
using Microsoft.Extensions.Logging;
using Recommendation.Client.Writing;

namespace Recommendation.Client.Spilling;

/// <summary>
/// Batches on the disk, oldest first. A file is removed only when all its batches are settled; so after a crash some
/// are sent again, with the same keys and event ids.
/// </summary>
internal sealed class EventSpill : IDisposable
{
    private const long SegmentBytes = 4 * 1024 * 1024;

    private readonly Lock _gate = new();
    private readonly string _folder;
    private readonly long _limit;
    private readonly ILogger _logger;
    private readonly LinkedList<SpilledBatch> _waiting = [];
    private readonly HashSet<SpillSegment> _segments = [];
    private readonly string _name = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(6));
    private readonly string _started;
    private SpillSegment? _active;
    private int _files;
    private long _events;
    private bool _isFull;

    private EventSpill(string folder, long limit, ILogger logger, TimeProvider time)
    {
        (_folder, _limit, _logger) = (folder, limit, logger);
        // The names of files sort by time, so that what was left first is sent first.
        _started = time.GetUtcNow().UtcDateTime.ToString("yyyyMMddHHmmssfff", CultureInfo.InvariantCulture);
    }

    /// <summary>How many batches wait; before anything is taken.</summary>
    internal int Waiting => _waiting.Count;

    /// <summary>How many events are on the disk.</summary>
    internal long Events => Interlocked.Read(ref _events);

    /// <summary>Opens the folder, with what processes left that live no more.</summary>
    /// <exception cref="IOException">The folder can't be used.</exception>
    internal static EventSpill Open(EventWriterOptions options, ILogger logger, TimeProvider time)
    {
        var folder = Path.GetFullPath(options.SpillFolder!);
        try
        {
            if (OperatingSystem.IsWindows())
                Directory.CreateDirectory(folder);
            else
                Directory.CreateDirectory(
                    folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new IOException(
                $"The spill folder '{folder}' can't be made: {problem.Message} Set Events.SpillFolder to a folder that "
                    + "this process may write to.",
                problem);
        }
        var spill = new EventSpill(folder, options.SpillLimitBytes, logger, time);
        foreach (var path in Directory.GetFiles(folder, "*" + SpillSegment.Extension).Order(StringComparer.Ordinal))
            spill.Adopt(path);
        if (spill._events > 0)
            logger.LogInformation("{Count} events that an earlier process left are sent now", spill._events);
        return spill;
    }

    /// <summary>Appends a batch, and waits until it is on the disk.</summary>
    /// <returns>False if the folder is full or fails.</returns>
    internal bool TryAppend(EventBatch batch)
    {
        lock (_gate)
        {
            if (_segments.Sum(segment => segment.Length) + batch.Body.Length > _limit)
            {
                Full($"it holds {_limit} bytes, which is Events.SpillLimitBytes");
                return false;
            }
            try
            {
                if (_active is null || _active.Length > SegmentBytes)
                    Rotate();
                _waiting.AddLast(_active!.Append(batch));
            }
            catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
            {
                Full(problem.Message);
                return false;
            }
            _isFull = false;
            Interlocked.Add(ref _events, batch.Count);
            ClientTelemetry.Spilled.Add(batch.Count);
            return true;
        }
    }

    /// <summary>The oldest batch that nobody has taken; null if there is none.</summary>
    internal EventBatch? TryTake()
    {
        lock (_gate)
        {
            while (_waiting.First is { } first)
            {
                _waiting.RemoveFirst();
                try
                {
                    return first.Value.Segment.Read(first.Value);
                }
                catch (Exception problem) when (problem is IOException or InvalidDataException)
                {
                    // It stays on the disk, since its file is not removed before it is settled.
                    _logger.LogError(
                        "{Count} events can't be sent and stay on the disk: {Problem}",
                        first.Value.Count,
                        problem.Message);
                }
            }
            return null;
        }
    }

    internal void PutBack(SpilledBatch batch)
    {
        lock (_gate)
            _waiting.AddFirst(batch);
    }

    /// <summary>The batch is settled.</summary>
    internal void Remove(SpilledBatch batch)
    {
        lock (_gate)
        {
            Interlocked.Add(ref _events, -batch.Count);
            if (--batch.Segment.Open > 0)
                return;
            _segments.Remove(batch.Segment);
            if (_active == batch.Segment)
                _active = null;
            try
            {
                batch.Segment.Delete();
            }
            catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
            {
                _logger.LogWarning(
                    "'{Path}' can't be removed: {Problem} Its events were sent; the next process sends them again, "
                        + "which changes nothing",
                    batch.Segment.Path,
                    problem.Message);
            }
        }
    }

    /// <summary>Gives the files up: another process may send what they hold.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            foreach (var segment in _segments)
                segment.Dispose();
            _segments.Clear();
            _waiting.Clear();
            _active = null;
        }
    }

    private void Adopt(string path)
    {
        if (SpillSegment.TryOpen(path) is not { } segment)
            return;
        var scan = segment.Scan();
        if (!scan.IsTorn)
            _logger.LogError(
                "'{Path}' is damaged: {Bytes} bytes can't be read. The batches before them are sent; the file stays",
                path,
                scan.Unreadable);
        else if (scan.Unreadable > 0)
            _logger.LogInformation("'{Path}' ends with a batch that a crash left unfinished; it is skipped", path);
        if (scan.Batches.Count == 0)
        {
            segment.Delete();
            return;
        }
        _segments.Add(segment);
        foreach (var batch in scan.Batches)
        {
            _waiting.AddLast(batch);
            _events += batch.Count;
        }
    }

    private void Rotate()
    {
        var name = string.Create(
            CultureInfo.InvariantCulture, $"{_started}-{_name}-{_files++:D8}{SpillSegment.Extension}");
        _active = SpillSegment.Create(Path.Combine(_folder, name));
        _segments.Add(_active);
    }

    private void Full(string why)
    {
        if (!_isFull)
            _logger.LogError("Events can't wait on the disk any more: {Why}. They wait in memory", why);
        _isFull = true;
    }
}
