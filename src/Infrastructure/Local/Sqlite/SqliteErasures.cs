using System.Runtime.CompilerServices;
using Recommendation.Application.Erasures;
using Recommendation.Application.Ports;
using Recommendation.Domain.Erasures;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Profiles;
using Recommendation.Local.Files;

namespace Recommendation.Local.Sqlite;

/// <summary>
/// Records of erasures as rows, with a copy of each in a file; each takes a place in the log in the transaction that
/// stores it. <c>finished</c> is 0 while it is open, and then a place of the log: later erasures have later ones.
/// </summary>
internal sealed class SqliteErasures(LocalDatabase database) : IErasures, IDisposable
{
    /// <summary>What erasures have as finished that earlier versions finished, in no order.</summary>
    internal const long FinishedBefore = 1;

    private readonly ErasureFiles _files = new(Path.GetDirectoryName(database.Path)!);
    private readonly SemaphoreSlim _checking = new(1);
    private volatile bool _isChecked;

    /// <summary>None: whoever is late meets the tombstone in the same file.</summary>
    public TimeSpan SettleTime => TimeSpan.Zero;

    public async Task<Erasure> BeginAsync(
        UserId user,
        DateTimeOffset requestedAt,
        CancellationToken cancellationToken
    )
    {
        await CheckRestoredAsync(cancellationToken);
        return await database.Writer.RunAsync(
            connection =>
            {
                var erasure = new Erasure
                {
                    Id = ErasureId.New(requestedAt),
                    User = user,
                    RequestedAt = requestedAt,
                    Boundary = ErasureBoundary.After(
                        BoundariesOf(connection, user).LastOrDefault(),
                        LocalPosition.Of(InteractionRows.TakePlace(connection)),
                        requestedAt
                    ),
                };
                Insert(connection, erasure);
                return erasure;
            },
            Faults.OfStore,
            cancellationToken);
    }

    public Task<Erasure?> FindAsync(ErasureId id, CancellationToken cancellationToken) => database.Readers.RunAsync(
        connection =>
        {
            var select = connection.Prepare("SELECT number, body FROM erasures WHERE id = ?1");
            Erasure? found = null;
            for (select.Bind(1, id.Value); select.Step();)
                found = Read(select);
            return found;
        },
        Faults.OfStore,
        cancellationToken,
        isBrief: true);

    public async Task<Erasure?> SaveAsync(Erasure erasure, CancellationToken cancellationToken)
    {
        var next = erasure with { Version = erasure.Version + 1 };
        var (isStored, finished) = await database.Writer.RunAsync(
            connection => Save(connection, erasure, next),
            Faults.OfStore,
            cancellationToken,
            leavesNoTrace: erasure.IsFinished);
        // The first save is soon after the begin; whoever opens the database writes a file that is missing.
        if (isStored && (finished > 0 || erasure.Version == 1))
            await InFolderAsync(() => CopyAsync(next, finished, cancellationToken));
        return isStored ? next : null;
    }

    public void Dispose() => _checking.Dispose();

    public async IAsyncEnumerable<Erasure> ListAsync(
        bool includeFinished, DateTimeOffset? since, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await CheckRestoredAsync(cancellationToken);
        // Every catch-up asks, and mostly there are none.
        var erasures = await database.Readers.RunAsync(
            connection => List(connection, includeFinished, since),
            Faults.OfStore,
            cancellationToken,
            isBrief: !includeFinished
        );
        foreach (var erasure in erasures)
            yield return erasure;
    }

    private static List<Erasure> List(Connection connection, bool includeFinished, DateTimeOffset? since)
    {
        var select = connection.Prepare(includeFinished
            ? "SELECT number, body FROM erasures WHERE id >= ?1 ORDER BY number DESC"
            : "SELECT number, body FROM erasures WHERE finished = 0 AND id >= ?1 ORDER BY number");
        // Ids begin with the time of the request.
        select.Bind(1, since is { } from ? ErasureId.FirstAt(from) : "");
        var found = new List<Erasure>();
        while (select.Step())
            found.Add(Read(select));
        return found;
    }

    /// <summary>What the erasures of a user cover, the oldest first.</summary>
    internal static List<ErasureBoundary> BoundariesOf(Connection connection, UserId user)
    {
        var select = connection.Prepare("SELECT number, body FROM erasures WHERE user = ?1 ORDER BY number");
        var boundaries = new List<ErasureBoundary>();
        for (select.Bind(1, user.Value); select.Step();)
            boundaries.Add(Read(select).Boundary);
        return boundaries;
    }

    /// <summary>Stores a new record; one that is there is left as it is.</summary>
    internal static int Insert(Connection connection, Erasure erasure) =>
        connection
            .Prepare(
                "INSERT INTO erasures(id, user, version, finished, body) VALUES(?1, ?2, ?3, 0, ?4) "
                    + "ON CONFLICT(id) DO NOTHING"
            )
            .Bind(1, erasure.Id.Value)
            .Bind(2, erasure.User.Value)
            .Bind(3, erasure.Version)
            .Bind(4, ErasureDocument.Write(erasure))
            .Run();

    /// <summary>Opens a finished record again.</summary>
    internal static void Update(Connection connection, Erasure erasure)
    {
        var next = erasure with { Version = erasure.Version + 1 };
        connection
            .Prepare("UPDATE erasures SET version = ?2, finished = 0, body = ?3 WHERE id = ?1")
            .Bind(1, next.Id.Value)
            .Bind(2, next.Version)
            .Bind(3, ErasureDocument.Write(next))
            .Run();
    }

    internal static Erasure Read(Statement row) => ErasureDocument.Read(row.Blob(1), $"erasures, row {row.Int64(0)}");

    private static (bool IsStored, long Finished) Save(Connection connection, Erasure erasure, Erasure next)
    {
        var finished = erasure.IsFinished ? InteractionRows.TakePlace(connection) : 0;
        var changed = connection
            .Prepare("UPDATE erasures SET version = ?2 + 1, finished = ?3, body = ?4 WHERE id = ?1 AND version = ?2")
            .Bind(1, erasure.Id.Value)
            .Bind(2, erasure.Version)
            .Bind(3, finished)
            .Bind(4, ErasureDocument.Write(next))
            .Run();
        return (changed > 0, finished);
    }

    private async Task CopyAsync(Erasure erasure, long finished, CancellationToken cancellationToken)
    {
        await _files.WriteAsync(erasure, cancellationToken);
        if (finished == 0)
            return;
        foreach (var (name, _) in ErasureFiles.Rewritten)
            await _files.MarkErasedAsync(name, finished, cancellationToken);
    }

    /// <summary>Once in a process, before anybody reads which erasures are open.</summary>
    private async Task CheckRestoredAsync(CancellationToken cancellationToken)
    {
        if (_isChecked)
            return;
        await _checking.WaitAsync(cancellationToken);
        try
        {
            if (!_isChecked)
                await InFolderAsync(() => new RestoredErasures(database, _files).OpenAsync(cancellationToken));
            _isChecked = true;
        }
        finally
        {
            _checking.Release();
        }
    }

    private Task<bool> InFolderAsync(Func<Task> work) =>
        FolderFault.TranslateAsync(
            Path.GetDirectoryName(database.Path)!,
            async () =>
            {
                await work();
                return true;
            }
        );
}
