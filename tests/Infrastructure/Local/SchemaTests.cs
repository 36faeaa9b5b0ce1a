using Recommendation.Application.Ports;
using Recommendation.Contracts;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Items;
using Recommendation.Local.Sqlite;

namespace Recommendation.Local.Tests;

public sealed class SchemaTests : SqliteTest
{
    [Fact]
    public async Task A_database_of_a_newer_format_is_refused_with_a_sentence()
    {
        await VersionAsync(Fixture.Database, set: Schema.Steps.Length + 1);
        await Fixture.ReopenAsync();
        var log = new SqliteInteractionLog(Fixture.Database);
        var refusal = await Assert.ThrowsAsync<StoredFormatException>(() =>
            log.AppendAsync([Some.Interaction()], None)
        );
        Assert.Contains("use a newer program", refusal.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<StoredFormatException>(() =>
            new SqliteProfileStore(Fixture.Database).LoadAsync([Some.User()], None)
        );
    }

    [Fact]
    public async Task A_database_of_an_older_format_is_upgraded_and_keeps_its_content()
    {
        await new SqliteInteractionLog(Fixture.Database).AppendAsync([Some.Interaction()], None);
        await Fixture.Database.DisposeAsync();

        string[] steps = [.. Schema.Steps, "ALTER TABLE items ADD COLUMN later REAL", "CREATE TABLE prices(item TEXT)"];
        await using (var newer = new LocalDatabase(new LocalOptions { Folder = Fixture.Folder }, steps))
        {
            Assert.Equal(steps.Length, await VersionAsync(newer));
            var read = new List<Interaction>();
            await foreach (var interaction in new SqliteInteractionLog(newer).ReadAsync(null, None))
                read.Add(interaction);
            Assert.Single(read);
            await newer.Writer.RunAsync(
                connection => connection.Number("SELECT count(later) FROM items"),
                Faults.OfStore,
                None
            );
        }
        await Assert.ThrowsAsync<StoredFormatException>(() => VersionAsync(Fixture.Open()));
    }

    [Fact]
    public async Task A_catalogue_of_format_2_is_read_and_changed()
    {
        await using (var older = new LocalDatabase(new LocalOptions { Folder = Fixture.Folder }, Schema.Steps[..2]))
        {
            await older.Writer.RunAsync(
                connection =>
                    connection
                        .Prepare("INSERT INTO items(item, title, categories, available) VALUES('i1', 'One', '[]', 0)")
                        .Run(),
                Faults.OfStore,
                None
            );
        }
        var catalog = new SqliteItemCatalog(Fixture.Database);
        Assert.Equal(Some.Item("i1"), Assert.Single(await catalog.UnavailableAsync(Some.Noon, None)));
        await catalog.PutAsync([new CatalogItem(Some.Item("i1"), "Two", [])], None);
        Assert.Empty(await catalog.UnavailableAsync(Some.Noon, None));
        Assert.Equal("Two", (await catalog.FindAsync([Some.Item("i1")], None)).Values.Single().Title);
    }

    [Fact]
    public async Task Items_of_format_8_keep_everything_and_are_found_by_their_words()
    {
        await using (var older = new LocalDatabase(new LocalOptions { Folder = Fixture.Folder }, Schema.Steps[..8]))
        {
            await older.Writer.RunAsync(
                connection => connection.Prepare(
                    """
                    INSERT INTO items(item, title, categories, available) VALUES
                        ('b', 'Café lamp', CAST('["Home","K\u00fcche"]' AS BLOB), 1), ('a', NULL, '[]', 0)
                    """).Run(),
                Faults.OfStore,
                None);
        }
        var catalog = new SqliteItemCatalog(Fixture.Database);
        CatalogItem lamp = new(Some.Item("b"), "Café lamp", ["Home", "Küche"]);
        foreach (var text in (string[])["cafe LAMP", "kuche", "home"])
        {
            var found = await catalog.SearchAsync(ItemQuery.Of(text, []), null, 10, None);
            Assert.Equal(lamp, Assert.Single(found.Items));
        }
        Assert.Equal(Some.Item("a"), Assert.Single(await catalog.UnavailableAsync(Some.Noon, None)));
        await ((IItemEdits)catalog).DeleteAsync([lamp.ItemId], None);
        Assert.Empty((await catalog.SearchAsync(ItemQuery.Of("lamp", []), null, 10, None)).Items);
    }

    [Fact]
    public async Task An_upgrade_that_fails_leaves_the_older_format()
    {
        await new SqliteInteractionLog(Fixture.Database).AppendAsync([Some.Interaction()], None);
        string[] steps = [.. Schema.Steps, "CREATE TABLE prices(item TEXT)", "this is no statement"];
        await using (var newer = new LocalDatabase(new LocalOptions { Folder = Fixture.Folder }, steps))
            await Assert.ThrowsAsync<StoreUnavailableException>(() => VersionAsync(newer));
        Assert.Equal(Schema.Steps.Length, await VersionAsync(Fixture.Database));
        Assert.Equal(
            0,
            await Fixture.Database.Readers.RunAsync(
                connection => connection.Number("SELECT count(*) FROM sqlite_schema WHERE name = 'prices'"),
                Faults.OfStore,
                None
            )
        );
    }

    [Fact]
    public async Task Many_handles_may_open_a_new_folder_at_once()
    {
        using var folder = new TemporaryFolder();
        var databases = Enumerable
            .Range(0, 8)
            .Select(_ => new LocalDatabase(new LocalOptions { Folder = folder.Path }))
            .ToArray();
        var outcomes = await Task.WhenAll(
            databases.Select(
                (database, i) =>
                    Task.Run(() => new SqliteInteractionLog(database).AppendAsync([Some.Interaction($"u{i}")], None))
            )
        );
        Assert.Equal(8, outcomes.Select(outcome => outcome[0].Position).Distinct().Count());
        foreach (var database in databases)
            await database.DisposeAsync();
    }

    private static Task<long> VersionAsync(LocalDatabase database, int? set = null) => database.Writer.RunAsync(
        connection =>
        {
            if (set is { } version)
                connection.Script($"PRAGMA user_version = {version}");
            return connection.Number("PRAGMA user_version");
        },
        Faults.OfStore,
        None);
}
