using Recommendation.Application.Ports;
using Recommendation.Domain.Feedback;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Recommendations;

namespace Recommendation.Local.Sqlite;

/// <summary>The rows of the count of feedback.</summary>
internal static class FeedbackRows
{
    private const string KeyColumns = "day, configuration, source, kind, type, currency";

    internal static FeedbackProgress Progress(Connection connection)
    {
        var erasures = connection.Number("SELECT coalesce(max(number), 0) FROM erasures");
        var progress = new FeedbackProgress(Through: null, "", erasures);
        var select = connection.Prepare("SELECT through, settings FROM feedback_progress");
        while (select.Step())
        {
            var through = select.Int64(0);
            progress = progress with
            {
                Through = through == 0 ? null : LocalPosition.Of(through),
                Settings = select.Text(1),
            };
        }
        return progress;
    }

    internal static void SetProgress(Connection connection, Position through) =>
        connection.Prepare("UPDATE feedback_progress SET through = ?1").Bind(1, LocalPosition.After(through)).Run();

    /// <param name="connection">The database.</param>
    /// <param name="user">Whose.</param>
    /// <param name="item">With which item; null for all.</param>
    /// <param name="events">Gets the events.</param>
    internal static void ReadEvents(Connection connection, UserId user, ItemId? item, List<FeedbackEvent> events)
    {
        var select = connection.Prepare(
            """
            SELECT item, sequence, at, kind, type, list, currency, amount FROM feedback_events
            WHERE user = ?1 AND (?2 IS NULL OR item = ?2)
            """);
        select.Bind(1, user.Value).Bind(2, item?.Value);
        while (select.Step())
        {
            events.Add(new FeedbackEvent
            {
                User = user,
                Item = ItemId.FromStored(select.Text(0)),
                Position = LocalPosition.Of(select.Int64(1)),
                At = DateTimeOffset.FromUnixTimeMilliseconds(select.Int64(2)),
                Kind = (FeedbackKind)select.Int64(3),
                Type = InteractionType.Parse(select.Text(4)),
                List = select.TextOrNull(5) is { } list ? RecommendationId.FromStored(list) : null,
                Currency = select.TextOrNull(6) is { } currency ? CurrencyCode.Of(currency) : null,
                Amount = select.Int64(7),
            });
        }
    }

    internal static void Insert(Connection connection, IEnumerable<FeedbackEvent> events)
    {
        var insert = connection.Prepare(
            """
            INSERT INTO feedback_events(user, item, sequence, at, kind, type, list, currency, amount)
            VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
            """);
        foreach (var one in events)
        {
            insert
                .Bind(1, one.User.Value)
                .Bind(2, one.Item.Value)
                .Bind(3, LocalPosition.After(one.Position))
                .Bind(4, one.At.ToUnixTimeMilliseconds())
                .Bind(5, (long)one.Kind)
                .Bind(6, one.Type.Value)
                .Bind(7, one.List?.ToString())
                .Bind(8, one.Currency?.Value)
                .Bind(9, one.Amount)
                .Run();
        }
    }

    internal static bool HasList(Connection connection, SeenListId list)
    {
        var select = connection.Prepare("SELECT 1 FROM feedback_lists WHERE user = ?1 AND list = ?2");
        select.Bind(1, list.User.Value).Bind(2, list.List.ToString());
        var found = false;
        while (select.Step())
            found = true;
        return found;
    }

    internal static List<(SeenListId List, Position Position)> ListsOf(Connection connection, UserId user)
    {
        var lists = new List<(SeenListId, Position)>();
        var select = connection.Prepare("SELECT list, sequence FROM feedback_lists WHERE user = ?1");
        select.Bind(1, user.Value);
        while (select.Step())
            lists.Add((new(user, RecommendationId.FromStored(select.Text(0))), LocalPosition.Of(select.Int64(1))));
        return lists;
    }

    internal static void Insert(Connection connection, IEnumerable<(SeenListId List, Position Position)> lists)
    {
        var insert = connection.Prepare("INSERT INTO feedback_lists(user, list, sequence) VALUES(?1, ?2, ?3)");
        foreach (var (list, position) in lists)
        {
            insert
                .Bind(1, list.User.Value)
                .Bind(2, list.List.ToString())
                .Bind(3, LocalPosition.After(position))
                .Run();
        }
    }

    /// <summary>Adds sums to the table of users, items or erased users.</summary>
    /// <param name="connection">The database.</param>
    /// <param name="table">The table.</param>
    /// <param name="owner">Its first column.</param>
    /// <param name="sums">The sums; "" for no owner.</param>
    internal static void Add(
        Connection connection, string table, string owner,
        IEnumerable<(string Owner, FeedbackKey Key, FeedbackSum Sum)> sums)
    {
        var add = connection.Prepare(
            $"""
            INSERT INTO {table}({owner}, {KeyColumns}, count, amount) VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
            ON CONFLICT DO UPDATE SET count = count + excluded.count, amount = amount + excluded.amount
            """);
        foreach (var (name, key, sum) in sums)
        {
            add
                .Bind(1, name)
                .Bind(2, (long)key.Day.DayNumber)
                .Bind(3, (long)key.Configuration)
                .Bind(4, (long)key.Source)
                .Bind(5, (long)key.Kind)
                .Bind(6, key.Type.Value ?? "")
                .Bind(7, key.Currency?.Value ?? "")
                .Bind(8, sum.Count)
                .Bind(9, sum.Amount)
                .Run();
        }
    }

    /// <summary>The sums of some owners and days that are not 0, in the order of the owners.</summary>
    /// <param name="connection">The database.</param>
    /// <param name="table">The table.</param>
    /// <param name="owner">Its first column.</param>
    /// <param name="after">Owners after this one.</param>
    /// <param name="through">Owners up to this one.</param>
    /// <param name="days">The first and the last day.</param>
    /// <param name="add">Gets the sums.</param>
    internal static void ReadSums(
        Connection connection, string table, string owner, string after, string through,
        (DateOnly From, DateOnly Through) days,
        Action<string, FeedbackKey, FeedbackSum> add)
    {
        var select = connection.Prepare(
            $"""
            SELECT {owner}, {KeyColumns}, count, amount FROM {table}
            WHERE {owner} > ?1 AND {owner} <= ?2 AND day >= ?3 AND day <= ?4 AND (count <> 0 OR amount <> 0) ORDER BY {owner}
            """);
        select.Bind(1, after).Bind(2, through).Bind(3, (long)days.From.DayNumber).Bind(4, (long)days.Through.DayNumber);
        while (select.Step())
            add(select.Text(0), KeyOf(select), new FeedbackSum(select.Int64(7), select.Int64(8)));
    }

    /// <summary>The sums of one item that are not 0.</summary>
    internal static List<(FeedbackKey Key, FeedbackSum Sum)> ReadItem(
        Connection connection, ItemId item, DateOnly from, DateOnly through)
    {
        var sums = new List<(FeedbackKey, FeedbackSum)>();
        var select = connection.Prepare(
            $"""
            SELECT item, {KeyColumns}, count, amount FROM feedback_items
            WHERE item = ?1 AND day >= ?2 AND day <= ?3 AND (count <> 0 OR amount <> 0)
            """);
        select.Bind(1, item.Value).Bind(2, (long)from.DayNumber).Bind(3, (long)through.DayNumber);
        while (select.Step())
            sums.Add((KeyOf(select), new FeedbackSum(select.Int64(7), select.Int64(8))));
        return sums;
    }

    /// <summary>The sums of erased users, over all items and lists.</summary>
    internal static List<(FeedbackKey Key, FeedbackSum Sum)> ReadErased(
        Connection connection, DateOnly from, DateOnly through)
    {
        var sums = new List<(FeedbackKey, FeedbackSum)>();
        var select = connection.Prepare(
            $"""
            SELECT '', {KeyColumns}, sum(count), sum(amount) FROM feedback_erased
            WHERE day >= ?1 AND day <= ?2 GROUP BY {KeyColumns}
            """);
        select.Bind(1, (long)from.DayNumber).Bind(2, (long)through.DayNumber);
        while (select.Step())
            sums.Add((KeyOf(select), new FeedbackSum(select.Int64(7), select.Int64(8))));
        return sums;
    }

    private static FeedbackKey KeyOf(Statement select) =>
        new(
            DateOnly.FromDayNumber((int)select.Int64(1)),
            (uint)select.Int64(2),
            (ServedSource)select.Int64(3),
            (FeedbackKind)select.Int64(4),
            InteractionType.TryParse(select.Text(5)) ?? default,
            select.Text(6) is { Length: > 0 } currency ? CurrencyCode.Of(currency) : null
        );
}
