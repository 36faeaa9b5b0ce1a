using Recommendation.Application.Ports;

namespace Recommendation.Local.Sqlite;

/// <summary>Keys as rows; expired ones go with the next claim.</summary>
internal sealed class SqliteIdempotencyKeys(LocalDatabase database) : IIdempotencyKeys
{
    public Task<IdempotencyClaim> ClaimAsync(IdempotentRequest request, DateTimeOffset now, CancellationToken cancellationToken) =>
        database.Writer.RunAsync(
            connection =>
            {
                connection.Prepare("DELETE FROM requests WHERE free_at <= ?1").Bind(1, now.ToUnixTimeMilliseconds()).Run();
                if (Find(connection, request) is { } held)
                    return held;
                connection.Prepare("INSERT INTO requests(key, fingerprint, free_at) VALUES(?1, ?2, ?3)")
                    .Bind(1, request.Key).Bind(2, request.Fingerprint).Bind(3, request.ClaimedUntil.ToUnixTimeMilliseconds()).Run();
                return new IdempotencyClaim(ClaimState.Granted);
            },
            Faults.OfStore,
            cancellationToken);

    public Task SettleAsync(IdempotentRequest request, RememberedAnswer answer, CancellationToken cancellationToken) =>
        database.Writer.RunAsync(
            connection => connection.Prepare(
                """
                INSERT INTO requests(key, fingerprint, free_at, status, media_type, location, body) VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7)
                ON CONFLICT(key) DO UPDATE SET free_at = excluded.free_at, status = excluded.status,
                    media_type = excluded.media_type, location = excluded.location, body = excluded.body
                """)
                .Bind(1, request.Key).Bind(2, request.Fingerprint).Bind(3, request.ExpiresAt.ToUnixTimeMilliseconds())
                .Bind(4, answer.Status).Bind(5, answer.MediaType).Bind(6, answer.Location).Bind(7, answer.Body.Span).Run(),
            Faults.OfStore,
            cancellationToken);

    public Task GiveUpAsync(IdempotentRequest request, CancellationToken cancellationToken) =>
        database.Writer.RunAsync(
            connection => connection.Prepare("DELETE FROM requests WHERE key = ?1").Bind(1, request.Key).Run(), Faults.OfStore, cancellationToken);

    private static IdempotencyClaim? Find(Connection connection, IdempotentRequest request)
    {
        IdempotencyClaim? claim = null;
        var select = connection.Prepare("SELECT fingerprint, status, media_type, location, body FROM requests WHERE key = ?1");
        select.Bind(1, request.Key);
        while (select.Step())
        {
            var answer = select.IsNull(1) ? null
                : new RememberedAnswer((int)select.Int64(1), select.TextOrNull(2), select.TextOrNull(3), select.Blob(4).ToArray());
            claim = IdempotencyClaim.Of(request, select.Text(0), answer);
        }
        return claim;
    }
}
