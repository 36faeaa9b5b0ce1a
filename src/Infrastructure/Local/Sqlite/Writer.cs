using System.Threading.Channels;

namespace Recommendation.Local.Sqlite;

/// <summary>
/// The one writer of this process. What callers ask for while a transaction is being committed goes into the next one
/// together, so that many of them share the wait for the disk; each keeps its own outcome.
/// </summary>
internal sealed class Writer : IAsyncDisposable
{
    private const int MaximumGroup = 256;

    private readonly Channel<WriteItem> _queue =
        Channel.CreateUnbounded<WriteItem>(new UnboundedChannelOptions { SingleReader = true });

    private readonly Func<Connection> _open;
    private readonly Task _loop;
    private Connection? _connection;
    private bool _owesTruncation;

    internal Writer(Func<Connection> open)
    {
        _open = open;
        _loop = Task.Run(LoopAsync);
    }

    /// <summary>How many transactions were committed.</summary>
    internal long Commits { get; private set; }

    /// <summary>Does the work in a transaction; the task ends when that is on disk.</summary>
    /// <param name="work">Runs on the writer's thread; may run twice, but counts once.</param>
    /// <param name="translate">Makes the caller's exception of a fault of the database.</param>
    /// <param name="cancellationToken">Takes the work out of the queue, or else stops waiting for it.</param>
    /// <param name="leavesNoTrace">Whether what it removes must not stay behind in the write-ahead log.</param>
    internal Task<T> RunAsync<T>(
        Func<Connection, T> work,
        Func<SqliteFault, Exception> translate,
        CancellationToken cancellationToken,
        bool leavesNoTrace = false)
    {
        var item = new WriteItem<T>(work, translate, leavesNoTrace, cancellationToken);
        ObjectDisposedException.ThrowIf(!_queue.Writer.TryWrite(item), this);
        return cancellationToken.CanBeCanceled ? item.Task.WaitAsync(cancellationToken) : item.Task;
    }

    public async ValueTask DisposeAsync()
    {
        _queue.Writer.TryComplete();
        await _loop;
        _connection?.Dispose();
        _connection = null;
    }

    private async Task LoopAsync()
    {
        var group = new List<WriteItem>();
        while (await _queue.Reader.WaitToReadAsync())
        {
            while (group.Count < MaximumGroup && _queue.Reader.TryRead(out var item))
            {
                if (!item.IsGivenUp())
                    group.Add(item);
            }
            Commit(group);
            Truncate(group);
            foreach (var item in group)
                item.End();
            group.Clear();
        }
    }

    private void Commit(List<WriteItem> group)
    {
        try
        {
            Transact(group);
        }
        catch (SqliteFault fault) when (group.Count > 1 && !fault.IsBusy)
        {
            // The whole transaction is lost (a full disk, say): the others may still fit, so each tries alone.
            foreach (var item in group)
                Commit([item]);
        }
        catch (Exception exception)
        {
            foreach (var item in group)
                item.Failure ??= exception;
        }
    }

    private void Transact(List<WriteItem> group)
    {
        _connection ??= _open();
        _connection.Run("BEGIN IMMEDIATE");
        try
        {
            if (group.Count == 1)
            {
                // Nobody to shield from its failure: SQLite need not keep the pages as they were (measured: 805 MB at
                // most without this, 676 MB with it).
                group[0].Failure = null;
                group[0].Perform(_connection);
            }
            else
            {
                foreach (var item in group)
                    Perform(item, _connection);
            }
            _connection.Run("COMMIT");
            Commits++;
        }
        finally
        {
            if (_connection.InTransaction)
            {
                _connection.ResetAll();
                _connection.Run("ROLLBACK");
            }
        }
    }

    private static void Perform(WriteItem item, Connection connection)
    {
        connection.Run("SAVEPOINT item");
        try
        {
            item.Failure = null;
            item.Perform(connection);
        }
        catch (Exception exception) when (connection.InTransaction)
        {
            item.Failure = exception;
            connection.ResetAll();
            connection.Run("ROLLBACK TO item");
        }
        connection.Run("RELEASE item");
    }

    /// <summary>
    /// Folds the write-ahead log into the file and empties it. Where a reader stands in the way, that is made up for
    /// after the next commit.
    /// </summary>
    private void Truncate(List<WriteItem> group)
    {
        _owesTruncation |= group.Exists(item => item.LeavesNoTrace && item.Failure is null);
        if (!_owesTruncation || _connection is null)
            return;
        try
        {
            _owesTruncation = _connection.Number("PRAGMA wal_checkpoint(TRUNCATE)") != 0;
        }
        catch (SqliteFault)
        {
            // What was asked for is committed all the same.
            _owesTruncation = true;
        }
    }
}
