using Recommendation.Application.Ports;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Recommendations;

namespace Recommendation.Local.Sqlite;

/// <summary>Recommendation lists as rows, one blob each.</summary>
internal sealed class SqliteRecommendationStore(LocalDatabase database) : IRecommendationStore
{
    private const int Page = 200;

    public Task<RecommendationList?> FindAsync(UserId user, CancellationToken cancellationToken) =>
        database.Readers.RunAsync(
            connection => Find(connection, user),
            Faults.OfStore,
            cancellationToken,
            isBrief: true
        );

    public async Task<IReadOnlyList<SaveOutcome>> SaveAsync(
        IReadOnlyList<RecommendationList> lists, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (lists.Count == 0)
            return [];
        var rows = Encode(lists);
        await database.Writer.RunAsync(connection => Save(connection, rows), Faults.OfStore, cancellationToken);
        return [.. lists.Select(_ => SaveOutcome.Saved)];
    }

    public Task ForgetAsync(UserId user, CancellationToken cancellationToken) =>
        database.Writer.RunAsync(
            connection => connection.Prepare("DELETE FROM lists WHERE user = ?1").Bind(1, user.Value).Run(),
            Faults.OfStore,
            cancellationToken,
            leavesNoTrace: true);

    public IAsyncEnumerable<RecommendationList> AllAsync(CancellationToken cancellationToken) =>
        database.Readers.StreamAsync<RecommendationList, long>(0, Read, Faults.OfStore, cancellationToken);

    private static (string User, byte[] Body)[] Encode(IReadOnlyList<RecommendationList> lists)
    {
        var blob = new BlobWriter();
        var rows = new (string User, byte[] Body)[lists.Count];
        for (var i = 0; i < rows.Length; i++)
        {
            blob.Clear();
            ListCodec.Write(blob, lists[i]);
            rows[i] = (lists[i].UserId.Value, blob.Written.ToArray());
        }
        return rows;
    }

    private static int Save(Connection connection, (string User, byte[] Body)[] rows)
    {
        // Not where a tombstone is: the list was ranked from what is erased by now.
        var upsert = connection.Prepare(
            """
            INSERT INTO lists(user, body) SELECT ?1, ?2 WHERE NOT EXISTS (SELECT 1 FROM profiles WHERE user = ?1 AND day IS NULL)
            ON CONFLICT(user) DO UPDATE SET body = excluded.body
            """);
        foreach (var (user, body) in rows)
            upsert.Bind(1, user).Bind(2, body).Run();
        return rows.Length;
    }

    private static RecommendationList? Find(Connection connection, UserId user)
    {
        RecommendationList? found = null;
        var select = connection.Prepare("SELECT body FROM lists WHERE user = ?1");
        select.Bind(1, user.Value);
        while (select.Step())
            found = ListCodec.Read(user, select.Blob(0));
        return found;
    }

    private static long Read(Connection connection, long after, List<RecommendationList> rows)
    {
        var select = connection.Prepare("SELECT rowid, user, body FROM lists WHERE rowid > ?1 ORDER BY rowid LIMIT ?2");
        select.Bind(1, after).Bind(2, Page);
        while (select.Step())
        {
            after = select.Int64(0);
            rows.Add(ListCodec.Read(UserId.FromStored(select.Text(1)), select.Blob(2)));
        }
        return after;
    }
}
