using System.Collections.Concurrent;
using System.Runtime.CompilerServices;

namespace Recommendation.Local.Sqlite;

/// <summary>
/// The connections that read: as many as are needed at once, up to a limit, each used by one caller at a time.
/// </summary>
/// <remarks>
/// Brief reads have a limit of their own, above the number of threads that a machine gives them: nobody waits, and a
/// connection is taken only while a thread reads. Behind one limit with the long ones, a place was handed to a caller
/// that still stood in the thread pool's queue; so all places were soon taken by callers that did not run, and half of
/// the requests for a stored list went through that queue.
/// </remarks>
internal sealed class ConnectionPool(Func<Connection> open) : IAsyncDisposable
{
    private const int BriefLimit = 256;

    private static readonly int s_longLimit = Math.Max(4, Environment.ProcessorCount * 2);

    private readonly ConcurrentBag<Connection> _idle = [];
    private readonly SemaphoreSlim _long = new(s_longLimit);
    private readonly SemaphoreSlim _brief = new(BriefLimit);

    /// <summary>Reads one consistent state of the database.</summary>
    /// <param name="isBrief">
    /// Whether it is a few rows: they are read on the caller's thread. To go to another and back took longer than to
    /// read them, and a quarter of the requests for a stored list.
    /// </param>
    internal async Task<T> RunAsync<T>(
        Func<Connection, T> read,
        Func<SqliteFault, Exception> translate,
        CancellationToken cancellationToken,
        bool isBrief = false
    )
    {
        var places = isBrief ? _brief : _long;
        await places.WaitAsync(cancellationToken);
        try
        {
            return isBrief ? Read(read) : await Task.Run(() => Read(read), cancellationToken);
        }
        catch (SqliteFault fault)
        {
            throw translate(fault);
        }
        finally
        {
            places.Release();
        }
    }

    /// <summary>
    /// Reads page by page, each page a state of its own: a reader that takes its time holds neither a connection nor
    /// the write-ahead log.
    /// </summary>
    /// <param name="start">Where the first page begins.</param>
    /// <param name="page">Adds the rows after a place to the list and gives the place of the last; an
    /// empty page ends it.</param>
    internal async IAsyncEnumerable<T> StreamAsync<T, TPlace>(
        TPlace start,
        Func<Connection, TPlace, List<T>, TPlace> page,
        Func<SqliteFault, Exception> translate,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var (place, rows) = (start, new List<T>());
        while (true)
        {
            rows.Clear();
            var from = place;
            place = await RunAsync(connection => page(connection, from, rows), translate, cancellationToken);
            if (rows.Count == 0)
                yield break;
            foreach (var row in rows)
                yield return row;
        }
    }

    public async ValueTask DisposeAsync()
    {
        for (var i = 0; i < s_longLimit; i++)
            await _long.WaitAsync();
        for (var i = 0; i < BriefLimit; i++)
            await _brief.WaitAsync();
        while (_idle.TryTake(out var connection))
            connection.Dispose();
        _long.Dispose();
        _brief.Dispose();
    }

    private T Read<T>(Func<Connection, T> read)
    {
        if (!_idle.TryTake(out var connection))
            connection = open();
        try
        {
            connection.Run("BEGIN");
            var result = read(connection);
            connection.Run("COMMIT");
            _idle.Add(connection);
            return result;
        }
        catch (Exception)
        {
            // It may be in the middle of rows or of a transaction: a new one is cheap.
            connection.Dispose();
            throw;
        }
    }
}
