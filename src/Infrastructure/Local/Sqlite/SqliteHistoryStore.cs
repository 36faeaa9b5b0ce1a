using Recommendation.Application.Ports;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Profiles;

namespace Recommendation.Local.Sqlite;

/// <summary>Histories as rows, one blob each.</summary>
internal sealed class SqliteHistoryStore(LocalDatabase database) : IHistoryStore
{
    public async Task<IReadOnlyDictionary<UserId, StoredHistory>> LoadAsync(
        IReadOnlyCollection<HistoryName> names, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (names.Count == 0)
            return new Dictionary<UserId, StoredHistory>();
        HistoryName[] ordered = [.. names];
        return await database.Readers.RunAsync(
            connection => Load(connection, ordered), Faults.OfStore, cancellationToken, isBrief: ordered.Length == 1);
    }

    public async Task<IReadOnlyList<SaveOutcome>> PutAsync(
        IReadOnlyList<NamedHistory> histories,
        CancellationToken cancellationToken
    )
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (histories.Count == 0)
            return [];
        (HistoryName Name, byte[] Body)[] rows =
        [
            .. histories.Select(one => (one.Name, HistoryCodec.Write(one.History))),
        ];
        return await database.Writer.RunAsync(connection => Put(connection, rows), Faults.OfStore, cancellationToken);
    }

    public async Task DeleteAsync(IReadOnlyCollection<HistoryName> names, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (names.Count == 0)
            return;
        HistoryName[] rows = [.. names];
        await database.Writer.RunAsync(connection => Delete(connection, rows), Faults.OfStore, cancellationToken);
    }

    public Task SweepAsync(UserId user, long version, HistoryKey? except, CancellationToken cancellationToken) =>
        database.Writer.RunAsync(
            connection =>
                connection
                    .Prepare("DELETE FROM histories WHERE user = ?1 AND version < ?2 AND key IS NOT ?3")
                    .Bind(1, user.Value)
                    .Bind(2, version)
                    .Bind(3, except?.Value)
                    .Run(),
            Faults.OfStore,
            cancellationToken,
            leavesNoTrace: true
        );

    private static Dictionary<UserId, StoredHistory> Load(Connection connection, HistoryName[] names)
    {
        var found = new Dictionary<UserId, StoredHistory>(names.Length);
        var select = connection.Prepare("SELECT body FROM histories WHERE user = ?1 AND version = ?2 AND key = ?3");
        foreach (var name in names)
        {
            select.Bind(1, name.UserId.Value).Bind(2, name.Key.Version).Bind(3, name.Key.Value);
            while (select.Step())
                found[name.UserId] = Read(select.Blob(0));
        }
        return found;
    }

    private static StoredHistory Read(ReadOnlySpan<byte> body)
    {
        try
        {
            return HistoryCodec.Read(body);
        }
        catch (FormatException problem)
        {
            throw new StoredFormatException(
                $"{problem.Message} If it is damaged, restore the database from a backup.",
                problem
            );
        }
    }

    private static SaveOutcome[] Put(Connection connection, (HistoryName Name, byte[] Body)[] rows)
    {
        var outcomes = new SaveOutcome[rows.Length];
        // Not for a profile that was replaced since it was loaded: its writer would fail, and if it died, nobody would
        // delete the history.
        var insert = connection.Prepare(
            """
            INSERT INTO histories(user, version, key, body) SELECT ?1, ?2, ?3, ?4
            WHERE NOT EXISTS (SELECT 1 FROM profiles WHERE user = ?1 AND version > ?2) ON CONFLICT DO NOTHING
            """);
        for (var i = 0; i < rows.Length; i++)
        {
            var (name, body) = rows[i];
            var isNew =
                insert.Bind(1, name.UserId.Value).Bind(2, name.Key.Version).Bind(3, name.Key.Value).Bind(4, body).Run()
                > 0;
            outcomes[i] = isNew ? SaveOutcome.Saved : SaveOutcome.Conflict;
        }
        return outcomes;
    }

    private static int Delete(Connection connection, HistoryName[] names)
    {
        var delete = connection.Prepare("DELETE FROM histories WHERE user = ?1 AND version = ?2 AND key = ?3");
        foreach (var name in names)
            delete.Bind(1, name.UserId.Value).Bind(2, name.Key.Version).Bind(3, name.Key.Value).Run();
        return names.Length;
    }
}
