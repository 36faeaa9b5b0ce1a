using System.Runtime.CompilerServices;
using Recommendation.Application.Erasures;
using Recommendation.Application.Ports;
using Recommendation.Domain.Erasures;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Profiles;

namespace Recommendation.Local.Sqlite;

/// <summary>Records of erasures as rows; each takes a place in the log in the transaction that stores it.</summary>
internal sealed class SqliteErasures(LocalDatabase database) : IErasures
{
    /// <summary>None: whoever is late meets the tombstone in the same file.</summary>
    public TimeSpan SettleTime => TimeSpan.Zero;

    public Task<Erasure> BeginAsync(UserId user, DateTimeOffset requestedAt, CancellationToken cancellationToken) =>
        database.Writer.RunAsync(
            connection =>
            {
                var erasure = new Erasure
                {
                    Id = ErasureId.New(requestedAt),
                    User = user,
                    RequestedAt = requestedAt,
                    Boundary = ErasureBoundary.After(
                        Latest(connection, user),
                        LocalPosition.Of(InteractionRows.TakePlace(connection)),
                        requestedAt
                    ),
                };
                connection
                    .Prepare("INSERT INTO erasures(id, user, version, finished, body) VALUES(?1, ?2, ?3, 0, ?4)")
                    .Bind(1, erasure.Id.Value)
                    .Bind(2, user.Value)
                    .Bind(3, erasure.Version)
                    .Bind(4, ErasureDocument.Write(erasure))
                    .Run();
                return erasure;
            },
            Faults.OfStore,
            cancellationToken);

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
        var isStored = await database.Writer.RunAsync(
            connection =>
                connection
                    .Prepare(
                        "UPDATE erasures SET version = ?2 + 1, finished = ?3, body = ?4 WHERE id = ?1 AND version = ?2"
                    )
                    .Bind(1, erasure.Id.Value)
                    .Bind(2, erasure.Version)
                    .Bind(3, erasure.IsFinished ? 1 : 0)
                    .Bind(4, ErasureDocument.Write(next))
                    .Run() > 0,
            Faults.OfStore,
            cancellationToken,
            leavesNoTrace: erasure.IsFinished);
        return isStored ? next : null;
    }

    public async IAsyncEnumerable<Erasure> ListAsync(
        bool includeFinished, DateTimeOffset? since, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
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

    private static ErasureBoundary? Latest(Connection connection, UserId user)
    {
        var select = connection.Prepare(
            "SELECT number, body FROM erasures WHERE user = ?1 ORDER BY number DESC LIMIT 1"
        );
        ErasureBoundary? latest = null;
        for (select.Bind(1, user.Value); select.Step();)
            latest = Read(select).Boundary;
        return latest;
    }

    private static Erasure Read(Statement row) => ErasureDocument.Read(row.Blob(1), $"erasures, row {row.Int64(0)}");
}
