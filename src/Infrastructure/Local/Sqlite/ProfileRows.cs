using Recommendation.Application.Ports;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Profiles;

namespace Recommendation.Local.Sqlite;

/// <summary>The rows of the profiles.</summary>
/// <remarks>
/// Measured at 1,000,000 saves: one statement run for each user costs 2 µs a load and 2 µs a save, the commit aside. A
/// table keyed by a hash of the user, or WITHOUT ROWID, is no quicker.
/// </remarks>
internal static class ProfileRows
{
    internal static Dictionary<UserId, UserProfile> Load(Connection connection, UserId[] users)
    {
        var found = new Dictionary<UserId, UserProfile>(users.Length);
        var select = connection.Prepare("SELECT version, body FROM profiles WHERE user = ?1");
        foreach (var user in users)
        {
            select.Bind(1, user.Value);
            while (select.Step())
                found[user] = ProfileCodec.Read(user, select.Int64(0), select.Blob(1));
        }
        return found;
    }

    internal static SaveOutcome[] Save(Connection connection, ProfileRow[] rows)
    {
        var outcomes = new SaveOutcome[rows.Length];
        foreach (var row in rows)
        {
            var changed = row.Expected == 0 ? Insert(connection, row) : Update(connection, row);
            outcomes[row.Index] = changed ? SaveOutcome.Saved : SaveOutcome.Conflict;
        }
        return outcomes;
    }

    internal static (int Day, string User) Active(
        Connection connection, int bucket, (int Day, string User) after, int through, int limit, List<UserId> rows)
    {
        var select = connection.Prepare(
            """
            SELECT day, user FROM profiles
            WHERE bucket = ?1 AND (day, user) > (?2, ?3) AND day <= ?4 ORDER BY day, user LIMIT ?5
            """);
        select.Bind(1, bucket).Bind(2, after.Day).Bind(3, after.User).Bind(4, through).Bind(5, limit);
        while (select.Step())
        {
            after = ((int)select.Int64(0), select.Text(1));
            rows.Add(UserId.FromStored(after.User));
        }
        return after;
    }

    internal static long Read(Connection connection, long after, int limit, List<UserProfile> rows)
    {
        var select = connection.Prepare(
            "SELECT rowid, user, version, body FROM profiles WHERE rowid > ?1 ORDER BY rowid LIMIT ?2");
        select.Bind(1, after).Bind(2, limit);
        while (select.Step())
        {
            after = select.Int64(0);
            rows.Add(ProfileCodec.Read(UserId.FromStored(select.Text(1)), select.Int64(2), select.Blob(3)));
        }
        return after;
    }

    private static bool Insert(Connection connection, in ProfileRow row) =>
        connection
            .Prepare(
                """
                INSERT INTO profiles(user, version, bucket, day, body) VALUES(?1, 1, ?2, ?3, ?4)
                ON CONFLICT(user) DO NOTHING
                """)
            .Bind(1, row.User)
            .Bind(2, row.Active?.Bucket)
            .Bind(3, row.Active?.Day.DayNumber)
            .Bind(4, row.Body.Span)
            .Run() > 0;

    private static bool Update(Connection connection, in ProfileRow row) =>
        // SQLite writes an index anew wherever its columns are set, even to what they were: so on most
        // saves they are not.
        connection
            .Prepare(
                """
                UPDATE profiles SET version = ?2 + 1, body = ?3 WHERE user = ?1 AND version = ?2 AND bucket IS ?4 AND day IS ?5
                """)
            .Bind(1, row.User)
            .Bind(2, row.Expected)
            .Bind(3, row.Body.Span)
            .Bind(4, row.Active?.Bucket)
            .Bind(5, row.Active?.Day.DayNumber)
            .Run() > 0
        || connection
            .Prepare(
                """
                UPDATE profiles SET version = ?2 + 1, body = ?3, bucket = ?4, day = ?5 WHERE user = ?1 AND version = ?2
                """)
            .Bind(1, row.User)
            .Bind(2, row.Expected)
            .Bind(3, row.Body.Span)
            .Bind(4, row.Active?.Bucket)
            .Bind(5, row.Active?.Day.DayNumber)
            .Run() > 0;
}
