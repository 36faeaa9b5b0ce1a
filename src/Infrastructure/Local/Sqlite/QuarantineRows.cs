using Recommendation.Domain.Interactions;
using Recommendation.Domain.Quarantine;

namespace Recommendation.Local.Sqlite;

/// <summary>The rows of the quarantine. A sequence sorts as a number: by how many digits it has, then by the digits.</summary>
internal static class QuarantineRows
{
    /// <summary>Where a row is in the order of the list.</summary>
    internal readonly record struct Place(long Arrived, string Partition, int Digits, string Sequence, int Index)
    {
        internal static readonly Place Start = new(long.MinValue, "", 0, "", 0);
    }

    internal static int Add(Connection connection, IReadOnlyList<QuarantinedRecord> records)
    {
        var insert = connection.Prepare(
            """
            INSERT INTO quarantine(arrived, partition, digits, sequence, place, code, message, raw, user, redriven)
            VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10) ON CONFLICT(partition, digits, sequence, place) DO NOTHING
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
                .Run();
        }
        return records.Count;
    }

    internal static Place Read(
        Connection connection, bool includeRedriven, Place after, int limit, List<QuarantinedRecord> rows)
    {
        var select = connection.Prepare(
            """
            SELECT arrived, partition, digits, sequence, place, code, message, raw, user, redriven FROM quarantine
            WHERE (arrived, partition, digits, sequence, place) > (?1, ?2, ?3, ?4, ?5) AND (?6 OR redriven IS NULL)
            ORDER BY arrived, partition, digits, sequence, place LIMIT ?7
            """);
        select
            .Bind(1, after.Arrived)
            .Bind(2, after.Partition)
            .Bind(3, after.Digits)
            .Bind(4, after.Sequence)
            .Bind(5, after.Index)
            .Bind(6, includeRedriven ? 1 : 0)
            .Bind(7, limit);
        while (select.Step())
        {
            after = new(select.Int64(0), select.Text(1), (int)select.Int64(2), select.Text(3), (int)select.Int64(4));
            rows.Add(RecordAt(after, select));
        }
        return after;
    }

    internal static int MarkRedriven(Connection connection, IReadOnlyList<Position> positions, DateTimeOffset at)
    {
        var update = connection.Prepare(
            "UPDATE quarantine SET redriven = ?5 WHERE partition = ?1 AND digits = ?2 AND sequence = ?3 AND place = ?4");
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

    private static QuarantinedRecord RecordAt(in Place place, Statement row) => new()
    {
        Position = new Position(place.Partition, SequenceNumber.Parse(place.Sequence), place.Index),
        ArrivedAt = DateTimeOffset.FromUnixTimeMilliseconds(place.Arrived),
        Rejection = new Rejection(new RejectionCode(row.Text(5)), row.Text(6)),
        Raw = row.Blob(7).ToArray(),
        UserId = row.TextOrNull(8) is { } user ? UserId.FromStored(user) : null,
        RedrivenAt = row.IsNull(9) ? null : DateTimeOffset.FromUnixTimeMilliseconds(row.Int64(9)),
    };
}
