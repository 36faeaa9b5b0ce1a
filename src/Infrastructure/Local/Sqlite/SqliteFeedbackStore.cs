using System.Runtime.CompilerServices;
using Recommendation.Application.Erasures;
using Recommendation.Application.Feedback;
using Recommendation.Application.Ports;
using Recommendation.Domain.Feedback;
using Recommendation.Domain.Interactions;

namespace Recommendation.Local.Sqlite;

/// <summary>The count of feedback as tables of the database.</summary>
internal sealed class SqliteFeedbackStore(LocalDatabase database) : IFeedbackStore, IFeedbackCounts, IErasable
{
    private const int OwnersAtOnce = 2_000;

    private const string ErasedOfItems =
        """
        INSERT INTO feedback_items(item, day, configuration, source, kind, type, currency, count, amount)
        SELECT item, day, configuration, source, kind, type, currency, count, amount FROM feedback_erased WHERE item <> ''
        """;

    public Task<FeedbackProgress> ProgressAsync(CancellationToken cancellationToken) =>
        database.Readers.RunAsync(FeedbackRows.Progress, Faults.OfStore, cancellationToken, isBrief: true);

    public Task<KnownFeedback> LoadAsync(
        IReadOnlyCollection<FeedbackPair> pairs, IReadOnlyCollection<SeenListId> lists,
        CancellationToken cancellationToken) =>
        database.Readers.RunAsync(
            connection =>
            {
                var events = new List<FeedbackEvent>();
                foreach (var pair in pairs)
                    FeedbackRows.ReadEvents(connection, pair.User, pair.Item, events);
                return new KnownFeedback(
                    events, lists.Where(list => FeedbackRows.HasList(connection, list)).ToHashSet());
            },
            Faults.OfStore,
            cancellationToken
        );

    public Task<bool> SaveAsync(FeedbackChange change, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(change);
        return database.Writer.RunAsync(
            connection =>
            {
                if (FeedbackRows.Progress(connection) != change.Expected)
                    return false;
                FeedbackRows.Insert(connection, change.Events);
                FeedbackRows.Insert(connection, change.Lists);
                FeedbackRows.Add(connection, "feedback_users", "user", change.Users.Select(
                    one => (one.Key.User.Value, one.Key.Key, one.Value)));
                FeedbackRows.Add(connection, "feedback_items", "item", change.Items.Select(
                    one => (one.Key.Item.Value, one.Key.Key, one.Value)));
                FeedbackRows.SetProgress(connection, change.Through);
                return true;
            },
            Faults.OfStore,
            cancellationToken);
    }

    public Task ResetAsync(string settings, TimeSpan window, CancellationToken cancellationToken) =>
        database.Writer.RunAsync(
            connection =>
            {
                foreach (var table in (string[])["progress", "events", "lists", "users", "items"])
                    connection.Run($"DELETE FROM feedback_{table}");
                connection.Run(ErasedOfItems);
                return connection
                    .Prepare("INSERT INTO feedback_progress(through, settings, window) VALUES(0, ?1, ?2)")
                    .Bind(1, settings)
                    .Bind(2, window.Ticks)
                    .Run();
            },
            Faults.OfStore,
            cancellationToken
        );

    public async IAsyncEnumerable<UserFeedbackSum> ReadUsersAsync(
        DateOnly from, DateOnly through, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var page in PagesAsync<UserFeedbackSum>(
            "feedback_users", "user", (from, through), (user, key, sum) => new(UserId.FromStored(user), key, sum),
            cancellationToken))
        {
            foreach (var one in page)
                yield return one;
        }
        var erased = await database.Readers.RunAsync(
            connection => FeedbackRows.ReadErased(connection, from, through), Faults.OfStore, cancellationToken);
        foreach (var (key, sum) in erased)
            yield return new UserFeedbackSum(User: null, key, sum);
    }

    public async IAsyncEnumerable<ItemFeedbackSum> ReadItemsAsync(
        DateOnly from, DateOnly through, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var page in PagesAsync<ItemFeedbackSum>(
            "feedback_items", "item", (from, through), (item, key, sum) => new(ItemId.FromStored(item), key, sum),
            cancellationToken))
        {
            foreach (var one in page)
                yield return one;
        }
    }

    public async IAsyncEnumerable<ItemFeedbackSum> ReadItemAsync(
        ItemId item, DateOnly from, DateOnly through, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var sums = await database.Readers.RunAsync(
            connection => FeedbackRows.ReadItem(connection, item, from, through), Faults.OfStore, cancellationToken);
        foreach (var (key, sum) in sums)
            yield return new ItemFeedbackSum(item, key, sum);
    }

    public string Place => PersonalDataPlaces.Feedback;

    public Task<ErasedPart> EraseAsync(ErasureWork work, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(work);
        return database.Writer.RunAsync(
            connection => Erase(connection, work), Faults.OfStore, cancellationToken, leavesNoTrace: true);
    }

    private static ErasedPart Erase(Connection connection, ErasureWork work)
    {
        var through = SqliteInteractionLog.ThroughOf(work.Boundary);
        var events = new List<FeedbackEvent>();
        FeedbackRows.ReadEvents(connection, work.User, item: null, events);
        var lists = FeedbackRows.ListsOf(connection, work.User);
        bool IsErased(Position position) => LocalPosition.After(position) <= through;
        var removed = events.Count(one => IsErased(one.Position)) + lists.Count(one => IsErased(one.Position));
        if (removed == 0)
            return new ErasedPart(0);
        var window = TimeSpan.FromTicks(connection.Number("SELECT window FROM feedback_progress"));
        var erasure = new FeedbackErasure(events, lists, IsErased, window);
        foreach (var table in (string[])["events", "lists"])
        {
            connection
                .Prepare($"DELETE FROM feedback_{table} WHERE user = ?1 AND sequence <= ?2")
                .Bind(1, work.User.Value)
                .Bind(2, through)
                .Run();
        }
        connection.Prepare("DELETE FROM feedback_users WHERE user = ?1").Bind(1, work.User.Value).Run();
        FeedbackRows.Add(connection, "feedback_users", "user", erasure.Kept.Select(
            one => (one.Key.User.Value, one.Key.Key, one.Value)));
        FeedbackRows.Add(connection, "feedback_items", "item", erasure.Changed.Select(
            one => (one.Key.Item.Value, one.Key.Key, one.Value)));
        FeedbackRows.Add(connection, "feedback_erased", "item", erasure.Erased.Select(
            one => (one.Key.Item.Value, one.Key.Key, one.Value)));
        FeedbackRows.Add(connection, "feedback_erased", "item", erasure.ErasedLists.Select(
            one => ("", one.Key, one.Value)));
        return new ErasedPart(removed);
    }

    /// <summary>Owner by owner, some of them at a time, so that a reader holds no connection for long.</summary>
    private async IAsyncEnumerable<List<T>> PagesAsync<T>(
        string table, string owner, (DateOnly, DateOnly) days, Func<string, FeedbackKey, FeedbackSum, T> make,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (var after = ""; ;)
        {
            var (rows, last) = await database.Readers.RunAsync(
                connection => Page(connection, table, owner, days, make, after), Faults.OfStore, cancellationToken);
            if (last is null)
                yield break;
            yield return rows;
            after = last;
        }
    }

    private static (List<T> Rows, string? Last) Page<T>(
        Connection connection, string table, string owner, (DateOnly, DateOnly) days,
        Func<string, FeedbackKey, FeedbackSum, T> make, string after)
    {
        string? last = null;
        var select = connection.Prepare(
            $"SELECT max({owner}) FROM (SELECT DISTINCT {owner} FROM {table} WHERE {owner} > ?1 ORDER BY {owner} "
                + $"LIMIT ?2)");
        select.Bind(1, after).Bind(2, (long)OwnersAtOnce);
        while (select.Step())
            last = select.TextOrNull(0);
        var rows = new List<T>();
        if (last is not null)
            FeedbackRows.ReadSums(connection, table, owner, after, last, days, (name, key, sum) => rows.Add(
                make(name, key, sum)));
        return (rows, last);
    }
}
