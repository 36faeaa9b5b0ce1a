using Recommendation.Application.Ports;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Profiles;
using Recommendation.Domain.Recommendations;

namespace Recommendation.Local.Sqlite;

/// <summary>The rows of the log and of the event ids that it has seen.</summary>
internal static class InteractionRows
{
    internal static AppendOutcome[] Append(
        Connection connection, IReadOnlyList<Interaction> interactions, EventDigest[] digests)
    {
        var erased = ErasedAmong(connection, interactions);
        var isDuplicate = Remember(connection, interactions.Count, digests, erased);
        var outcomes = new AppendOutcome[interactions.Count];
        var insert = connection.Prepare(
            "INSERT INTO interactions(user, item, type, event, occurred, value, arrived, currency, recommendation) "
                + "VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)"
        );
        for (var i = 0; i < outcomes.Length; i++)
        {
            if (isDuplicate[i])
            {
                outcomes[i] = AppendOutcome.Duplicate();
                continue;
            }
            var interaction = interactions[i];
            insert
                .Bind(1, interaction.UserId.Value)
                .Bind(2, interaction.ItemId.Value)
                .Bind(3, interaction.Type.Value)
                .Bind(4, interaction.EventId?.Value)
                .Bind(5, interaction.OccurredAt.ToUnixTimeMilliseconds())
                .Bind(6, interaction.Value)
                .Bind(7, interaction.ArrivedAt.ToUnixTimeMilliseconds())
                .Bind(8, interaction.Currency?.Value)
                .Bind(9, interaction.RecommendationId?.ToString())
                .Run();
            outcomes[i] = AppendOutcome.Appended(LocalPosition.Of(connection.LastInserted));
        }
        return outcomes;
    }

    /// <summary>The last sequence; 0 where the log is empty.</summary>
    internal static long Last(Connection connection) => connection.Number("SELECT max(sequence) FROM interactions");

    internal static long Read(Connection connection, long after, long through, int limit, List<Interaction> rows)
    {
        var select = connection.Prepare(
            """
            SELECT sequence, user, item, type, event, occurred, value, arrived, currency, recommendation FROM interactions
            WHERE sequence > ?1 AND sequence <= ?2 ORDER BY sequence LIMIT ?3
            """);
        select.Bind(1, after).Bind(2, through).Bind(3, limit);
        while (select.Step())
        {
            after = select.Int64(0);
            rows.Add(new Interaction
            {
                Position = LocalPosition.Of(after),
                UserId = UserId.FromStored(select.Text(1)),
                ItemId = ItemId.FromStored(select.Text(2)),
                Type = TypeOf(select.Text(3)),
                EventId = select.TextOrNull(4) is { } id ? EventId.FromStored(id) : null,
                OccurredAt = DateTimeOffset.FromUnixTimeMilliseconds(select.Int64(5)),
                Value = select.IsNull(6) ? null : select.Double(6),
                ArrivedAt = DateTimeOffset.FromUnixTimeMilliseconds(select.Int64(7)),
                Currency = select.TextOrNull(8) is { } currency ? CurrencyCode.Of(currency) : null,
                RecommendationId = select.TextOrNull(9) is { } list ? RecommendationId.FromStored(list) : null,
            });
        }
        return after;
    }

    /// <summary>A user's first rows after a place and not beyond another one, with their event ids.</summary>
    internal static List<(long Sequence, string? EventId)> Of(
        Connection connection,
        UserId user,
        long after,
        long through,
        int limit
    )
    {
        var rows = new List<(long, string?)>();
        var select = connection.Prepare(
            """
            SELECT sequence, event FROM interactions
            WHERE sequence > ?1 AND sequence <= ?2 AND user = ?3 ORDER BY sequence LIMIT ?4
            """);
        select.Bind(1, after).Bind(2, through).Bind(3, user.Value).Bind(4, limit);
        while (select.Step())
            rows.Add((select.Int64(0), select.TextOrNull(1)));
        return rows;
    }

    /// <summary>Takes the next place of the log for a record that is none of its rows.</summary>
    internal static long TakePlace(Connection connection)
    {
        connection.Run("INSERT INTO interactions(user, item, type, occurred, arrived) VALUES('', '', '', 0, 0)");
        var place = connection.LastInserted;
        connection.Prepare("DELETE FROM interactions WHERE sequence = ?1").Bind(1, place).Run();
        return place;
    }

    /// <returns>How many were still there.</returns>
    internal static long Delete(Connection connection, UserId user, List<(long Sequence, string? EventId)> rows)
    {
        var removed = 0L;
        var deleteRow = connection.Prepare("DELETE FROM interactions WHERE sequence = ?1");
        var deleteId = connection.Prepare("DELETE FROM event_ids WHERE digest = ?1");
        Span<byte> digest = stackalloc byte[EventDigest.Bytes];
        foreach (var (sequence, eventId) in rows)
        {
            if (deleteRow.Bind(1, sequence).Run() == 0)
                continue;
            removed++;
            if (eventId is null)
                continue;
            EventDigest.Of(user.Value, eventId, index: 0).CopyTo(digest);
            deleteId.Bind(1, digest).Run();
        }
        return removed;
    }

    /// <summary>
    /// The redriven interactions that an erasure covers. Erasures take their place in the log in a transaction of this
    /// writer or another one, so none can begin between this look and the append.
    /// </summary>
    private static HashSet<int> ErasedAmong(Connection connection, IReadOnlyList<Interaction> interactions)
    {
        var (erased, known) = (new HashSet<int>(), new Dictionary<UserId, List<ErasureBoundary>>());
        for (var i = 0; i < interactions.Count; i++)
        {
            if (interactions[i] is not { RedrivenFrom: not null } redriven)
                continue;
            if (!known.TryGetValue(redriven.UserId, out var boundaries))
                known.Add(redriven.UserId, boundaries = SqliteErasures.BoundariesOf(connection, redriven.UserId));
            if (boundaries.Exists(boundary => boundary.CoversOrigin(redriven)))
                erased.Add(i);
        }
        return erased;
    }

    /// <summary>Stores the event ids; those that were there already are duplicates.</summary>
    private static bool[] Remember(Connection connection, int count, EventDigest[] digests, HashSet<int> erased)
    {
        var isDuplicate = new bool[count];
        foreach (var index in erased)
            isDuplicate[index] = true;
        var insert = connection.Prepare("INSERT INTO event_ids(digest) VALUES(?1) ON CONFLICT DO NOTHING");
        Span<byte> digest = stackalloc byte[EventDigest.Bytes];
        foreach (var known in digests)
        {
            if (erased.Count > 0 && erased.Contains(known.Index))
                continue;
            known.CopyTo(digest);
            isDuplicate[known.Index] = insert.Bind(1, digest).Run() == 0;
        }
        return isDuplicate;
    }

    private static InteractionType TypeOf(string text) =>
        InteractionType.TryParse(text)
        ?? throw new StoredFormatException($"The log holds the interaction type '{text}', which is none.");
}
