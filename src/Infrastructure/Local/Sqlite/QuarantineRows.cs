using Recommendation.Application.Ports;
using Recommendation.Application.Quarantine;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Quarantine;

namespace Recommendation.Local.Sqlite;

/// <summary>
/// The rows of the quarantine. A sequence sorts as a number: by how many digits it has, then by the digits.
/// </summary>
internal static class QuarantineRows
{
    /// <summary>Where a row is in the order of the list.</summary>
    internal readonly record struct Place(long Arrived, string Partition, int Digits, string Sequence, int Index)
    {
        internal static readonly Place Start = new(long.MinValue, "", 0, "", 0);

        /// <summary>The place, or the end where there is none.</summary>
        internal static Place Before(QuarantinePlace? place) =>
            place is not { } known
                ? new(long.MaxValue, "", 0, "", 0)
                : new(
                    known.ArrivedAt.ToUnixTimeMilliseconds(),
                    known.Position.Partition,
                    known.Position.Sequence.Value.Length,
                    known.Position.Sequence.Value,
                    known.Position.Index
                );
    }

    internal static int Add(Connection connection, IReadOnlyList<QuarantinedRecord> records)
    {
        var insert = connection.Prepare(
            """
            INSERT INTO quarantine(arrived, partition, digits, sequence, place, code, message, raw, user, redriven, dismissed)
            VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11) ON CONFLICT(partition, digits, sequence, place) DO NOTHING
            """);
        foreach (var record in records)
        {
            insert
                .Bind(1, record.ArrivedAt.ToUnixTimeMilliseconds())
                .Bind(2, record.Position.Partition)
                .Bind(3, record.Position.Sequence.Value.Length)
                .Bind(4, record.Position.Sequence.Value)
                .Bind(5, record.Position.Index)
                .Bind(6, record.Rejection.Code.Value)
                .Bind(7, record.Rejection.Message)
                .Bind(8, record.Raw.Span)
                .Bind(9, record.UserId?.Value)
                .Bind(10, record.RedrivenAt?.ToUnixTimeMilliseconds())
                .Bind(11, record.DismissedAt?.ToUnixTimeMilliseconds())
                .Run();
        }
        return records.Count;
    }

    internal static Place Read(
        Connection connection, bool includeSettled, Place after, int limit, List<QuarantinedRecord> rows)
    {
        var select = connection.Prepare(
            """
            SELECT arrived, partition, digits, sequence, place, code, message, raw, user, redriven, dismissed FROM quarantine
            WHERE (arrived, partition, digits, sequence, place) > (?1, ?2, ?3, ?4, ?5)
                AND (?6 OR (redriven IS NULL AND dismissed IS NULL))
            ORDER BY arrived, partition, digits, sequence, place LIMIT ?7
            """);
        select
            .Bind(1, after.Arrived)
            .Bind(2, after.Partition)
            .Bind(3, after.Digits)
            .Bind(4, after.Sequence)
            .Bind(5, after.Index)
            .Bind(6, includeSettled ? 1 : 0)
            .Bind(7, limit);
        while (select.Step())
        {
            after = new(select.Int64(0), select.Text(1), (int)select.Int64(2), select.Text(3), (int)select.Int64(4));
            rows.Add(RecordAt(after, select, first: 5));
        }
        return after;
    }

    internal static Place ReadNewest(
        Connection connection,
        QuarantineSearch search,
        Place before,
        int limit,
        List<QuarantinedRecord> rows
    )
    {
        var select = connection.Prepare(
            """
            SELECT arrived, partition, digits, sequence, place, code, message, raw, user, redriven, dismissed FROM quarantine
            WHERE (arrived, partition, digits, sequence, place) < (?1, ?2, ?3, ?4, ?5)
                AND (?6 OR (redriven IS NULL AND dismissed IS NULL)) AND (?8 IS NULL OR code = ?8)
            ORDER BY arrived DESC, partition DESC, digits DESC, sequence DESC, place DESC LIMIT ?7
            """);
        select
            .Bind(1, before.Arrived)
            .Bind(2, before.Partition)
            .Bind(3, before.Digits)
            .Bind(4, before.Sequence)
            .Bind(5, before.Index)
            .Bind(6, search.IncludeSettled ? 1 : 0)
            .Bind(7, limit)
            .Bind(8, search.Reason?.Value);
        while (select.Step())
        {
            before = new(select.Int64(0), select.Text(1), (int)select.Int64(2), select.Text(3), (int)select.Int64(4));
            rows.Add(RecordAt(before, select, first: 5));
        }
        return before;
    }

    internal static int Mark(
        Connection connection,
        IReadOnlyList<Position> positions,
        QuarantineEnd decision,
        DateTimeOffset at
    )
    {
        const string record = "WHERE partition = ?1 AND digits = ?2 AND sequence = ?3 AND place = ?4";
        var update = connection.Prepare(
            decision == QuarantineEnd.Redriven
                ? $"UPDATE quarantine SET redriven = ?5 {record}"
                : $"UPDATE quarantine SET dismissed = ?5 {record} AND redriven IS NULL AND dismissed IS NULL"
        );
        foreach (var position in positions)
        {
            update
                .Bind(1, position.Partition)
                .Bind(2, position.Sequence.Value.Length)
                .Bind(3, position.Sequence.Value)
                .Bind(4, position.Index)
                .Bind(5, at.ToUnixTimeMilliseconds())
                .Run();
        }
        return positions.Count;
    }

    /// <summary>
    /// Reads a page of the records without a user, in a sweep also those of the user, and adds those that are about the
    /// user, with what is left of each.
    /// </summary>
    /// <returns>The last row that was read; null if there are no more.</returns>
    internal static long? About(
        Connection connection, ErasureWork work, long after, int limit, List<(long Row, QuarantinedRecord? Left)> rows)
    {
        var read = 0;
        var select = connection.Prepare(
            """
            SELECT rowid, arrived, partition, digits, sequence, place, code, message, raw, user, redriven, dismissed FROM quarantine
            WHERE rowid > ?1 AND (user IS NULL OR +user = ?3) ORDER BY rowid LIMIT ?2
            """);
        select.Bind(1, after).Bind(2, limit).Bind(3, work.IsSweep ? work.User.Value : null);
        while (select.Step())
        {
            read++;
            after = select.Int64(0);
            var place = new Place(
                select.Int64(1),
                select.Text(2),
                (int)select.Int64(3),
                select.Text(4),
                (int)select.Int64(5)
            );
            if (RecordAt(place, select, first: 6) is var record && work.Concerns(record) && record.IsAbout(work.User))
                rows.Add((after, record.Without(work.User)));
        }
        return read < limit ? null : after;
    }

    /// <summary>Deletes rows, or replaces their content by what is left.</summary>
    /// <returns>How many were still there.</returns>
    internal static long Replace(Connection connection, List<(long Row, QuarantinedRecord? Left)> rows)
    {
        var delete = connection.Prepare("DELETE FROM quarantine WHERE rowid = ?1");
        var replace = connection.Prepare("UPDATE quarantine SET raw = ?2 WHERE rowid = ?1");
        var replaced = 0L;
        foreach (var (row, rest) in rows)
            replaced += rest is null ? delete.Bind(1, row).Run() : replace.Bind(1, row).Bind(2, rest.Raw.Span).Run();
        return replaced;
    }

    private static QuarantinedRecord RecordAt(in Place place, Statement row, int first) => new()
    {
        Position = new Position(place.Partition, SequenceNumber.Parse(place.Sequence), place.Index),
        ArrivedAt = DateTimeOffset.FromUnixTimeMilliseconds(place.Arrived),
        Rejection = new Rejection(new RejectionCode(row.Text(first)), row.Text(first + 1)),
        Raw = row.Blob(first + 2).ToArray(),
        UserId = row.TextOrNull(first + 3) is { } user ? UserId.FromStored(user) : null,
        RedrivenAt = row.IsNull(first + 4) ? null : DateTimeOffset.FromUnixTimeMilliseconds(row.Int64(first + 4)),
        DismissedAt = row.IsNull(first + 5) ? null : DateTimeOffset.FromUnixTimeMilliseconds(row.Int64(first + 5)),
    };
}
