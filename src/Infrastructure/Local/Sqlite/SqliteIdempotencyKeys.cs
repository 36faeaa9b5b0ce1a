using System.Runtime.InteropServices;
using Recommendation.Application.Erasures;
using Recommendation.Application.Ports;
using Recommendation.Domain;
using Recommendation.Domain.Interactions;

namespace Recommendation.Local.Sqlite;

/// <summary>Keys as rows; expired ones go with the next claim.</summary>
internal sealed class SqliteIdempotencyKeys(LocalDatabase database) : IIdempotencyKeys, IErasable
{
    public Task<IdempotencyClaim> ClaimAsync(
        IdempotentRequest request,
        DateTimeOffset now,
        CancellationToken cancellationToken
    ) =>
        database.Writer.RunAsync(
            connection =>
            {
                connection
                    .Prepare("DELETE FROM requests WHERE free_at <= ?1")
                    .Bind(1, now.ToUnixTimeMilliseconds())
                    .Run();
                if (Find(connection, request) is { } held)
                    return held;
                connection
                    .Prepare(
                        "INSERT INTO requests(key, fingerprint, free_at, erasures) SELECT ?1, ?2, ?3, "
                            + "coalesce(max(number), 0) FROM erasures"
                    )
                    .Bind(1, request.Key)
                    .Bind(2, request.Fingerprint)
                    .Bind(3, request.ClaimedUntil.ToUnixTimeMilliseconds())
                    .Run();
                return new IdempotencyClaim(ClaimState.Granted);
            },
            Faults.OfStore,
            cancellationToken);

    public Task SettleAsync(IdempotentRequest request, RememberedAnswer answer, CancellationToken cancellationToken) =>
        database.Writer.RunAsync(
            connection =>
            {
                // Of a user who was erased since the request began, nothing is kept: what is done
                // again is answered anew.
                if (IsErasedSince(connection, request, answer))
                    return connection.Prepare("DELETE FROM requests WHERE key = ?1").Bind(1, request.Key).Run();
                return connection
                    .Prepare(
                        """
                        INSERT INTO requests(key, fingerprint, free_at, status, media_type, location, body, users)
                        VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
                        ON CONFLICT(key) DO UPDATE SET free_at = excluded.free_at, status = excluded.status, media_type = excluded.media_type,
                            location = excluded.location, body = excluded.body, users = excluded.users
                        """
                    )
                    .Bind(1, request.Key)
                    .Bind(2, request.Fingerprint)
                    .Bind(3, request.ExpiresAt.ToUnixTimeMilliseconds())
                    .Bind(4, answer.Status)
                    .Bind(5, answer.MediaType)
                    .Bind(6, answer.Location)
                    .Bind(7, StoredAnswer.Pack(answer.Body.Span))
                    .Bind(8, HashesOf(answer.Users))
                    .Run();
            },
            Faults.OfStore,
            cancellationToken);

    public Task GiveUpAsync(IdempotentRequest request, CancellationToken cancellationToken) =>
        database.Writer.RunAsync(
            connection => connection.Prepare("DELETE FROM requests WHERE key = ?1").Bind(1, request.Key).Run(),
            Faults.OfStore,
            cancellationToken
        );

    public string Place => PersonalDataPlaces.Answers;

    public Task<ErasedPart> EraseAsync(
        ErasureWork work,
        CancellationToken cancellationToken
    ) => database.Writer.RunAsync(
        connection =>
        {
            // One after the other: keyed requests of a day are few, and users are in them by their hashes.
            var hash = StableHash.Of(work.User.Value);
            var about = new List<string>();
            var select = connection.Prepare("SELECT key, users FROM requests WHERE length(users) > 0");
            while (select.Step())
            {
                if (MemoryMarshal.Cast<byte, ulong>(select.Blob(1)).Contains(hash))
                    about.Add(select.Text(0));
            }
            var delete = connection.Prepare("DELETE FROM requests WHERE key = ?1");
            return new ErasedPart(about.Sum(key => (long)delete.Bind(1, key).Run()));
        },
        Faults.OfStore,
        cancellationToken,
        leavesNoTrace: true);

    private static bool IsErasedSince(Connection connection, IdempotentRequest request, RememberedAnswer answer)
    {
        if (answer.Users.Count == 0)
            return false;
        var erased = new HashSet<string>(StringComparer.Ordinal);
        var select = connection.Prepare(
            "SELECT user FROM erasures WHERE number > coalesce((SELECT erasures FROM requests WHERE key = ?1), 0)");
        for (select.Bind(1, request.Key); select.Step();)
            erased.Add(select.Text(0));
        return answer.Users.Any(user => erased.Contains(user.Value));
    }

    private static byte[] HashesOf(IReadOnlyCollection<UserId> users) =>
        MemoryMarshal.AsBytes(users.Select(user => StableHash.Of(user.Value)).Distinct().ToArray().AsSpan()).ToArray();

    private static IdempotencyClaim? Find(Connection connection, IdempotentRequest request)
    {
        IdempotencyClaim? claim = null;
        var select = connection.Prepare(
            "SELECT fingerprint, status, media_type, location, body FROM requests WHERE key = ?1"
        );
        select.Bind(1, request.Key);
        while (select.Step())
        {
            var answer = select.IsNull(1)
                ? null
                : new RememberedAnswer(
                    (int)select.Int64(1),
                    select.TextOrNull(2),
                    select.TextOrNull(3),
                    StoredAnswer.Unpack(select.Blob(4))
                );
            claim = IdempotencyClaim.Of(request, select.Text(0), answer);
        }
        return claim;
    }
}
