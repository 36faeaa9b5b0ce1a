using Recommendation.Domain.Interactions;

namespace Recommendation.Local.Sqlite;

/// <summary>How far each partition of the log is applied.</summary>
internal static class Checkpoints
{
    internal static void Save(Connection connection, Position position) =>
        connection
            .Prepare(
                """
                INSERT INTO checkpoints(partition, sequence, place) VALUES(?1, ?2, ?3)
                ON CONFLICT(partition) DO UPDATE SET sequence = excluded.sequence, place = excluded.place
                """)
            .Bind(1, position.Partition)
            .Bind(2, position.Sequence.Value)
            .Bind(3, position.Index)
            .Run();

    internal static Position? Find(Connection connection, string partition)
    {
        Position? found = null;
        var select = connection.Prepare("SELECT sequence, place FROM checkpoints WHERE partition = ?1");
        select.Bind(1, partition);
        while (select.Step())
            found = new Position(partition, SequenceNumber.Parse(select.Text(0)), (int)select.Int64(1));
        return found;
    }
}
