using System.Globalization;
using Recommendation.Application.Ports;

namespace Recommendation.Local.Sqlite;

/// <summary>
/// The tables, and the steps from each version of them to the next. The version is in <c>user_version</c>.
/// </summary>
internal static class Schema
{
    /// <summary>
    /// One step per version: the first makes version 1 of an empty file. A step that was released never changes.
    /// </summary>
    internal static readonly string[] Steps =
    [
        """
            CREATE TABLE interactions(
                sequence INTEGER PRIMARY KEY AUTOINCREMENT, user TEXT NOT NULL, item TEXT NOT NULL, type TEXT NOT NULL,
                event TEXT, occurred INTEGER NOT NULL, value REAL, arrived INTEGER NOT NULL);
            CREATE TABLE event_ids(digest BLOB PRIMARY KEY NOT NULL) WITHOUT ROWID;
            CREATE TABLE profiles(
                user TEXT PRIMARY KEY NOT NULL, version INTEGER NOT NULL, bucket INTEGER, day INTEGER, body BLOB NOT NULL);
            CREATE INDEX profiles_active ON profiles(bucket, day, user) WHERE day IS NOT NULL;
            CREATE TABLE checkpoints(
                partition TEXT PRIMARY KEY NOT NULL, sequence TEXT NOT NULL, place INTEGER NOT NULL) WITHOUT ROWID;
            CREATE TABLE lists(user TEXT PRIMARY KEY NOT NULL, body BLOB NOT NULL);
            CREATE TABLE items(
                item TEXT PRIMARY KEY NOT NULL, title TEXT, categories BLOB NOT NULL, available INTEGER NOT NULL);
            CREATE INDEX items_unavailable ON items(item) WHERE available = 0;
            CREATE TABLE quarantine(
                arrived INTEGER NOT NULL, partition TEXT NOT NULL, digits INTEGER NOT NULL, sequence TEXT NOT NULL,
                place INTEGER NOT NULL, code TEXT NOT NULL, message TEXT NOT NULL, raw BLOB NOT NULL, user TEXT, redriven INTEGER,
                UNIQUE(partition, digits, sequence, place));
            CREATE INDEX quarantine_order ON quarantine(arrived, partition, digits, sequence, place);
            CREATE INDEX quarantine_user ON quarantine(user) WHERE user IS NOT NULL;
            """,
        """
        CREATE TABLE requests(
            key TEXT PRIMARY KEY NOT NULL, fingerprint TEXT NOT NULL, free_at INTEGER NOT NULL,
            status INTEGER, media_type TEXT, location TEXT, body BLOB) WITHOUT ROWID;
        CREATE INDEX requests_free ON requests(free_at);
        """,
        """
        CREATE TABLE catalogue(version INTEGER NOT NULL);
        INSERT INTO catalogue(version) VALUES(1);
        """,
        """
            CREATE TABLE histories(
                user TEXT NOT NULL, version INTEGER NOT NULL, key TEXT NOT NULL, body BLOB NOT NULL, UNIQUE(user, version, key));
            """,
        """
        CREATE TABLE keys_seen(at INTEGER NOT NULL);
        """,
        """
            CREATE TABLE erasures(
                number INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, user TEXT NOT NULL, version INTEGER NOT NULL,
                finished INTEGER NOT NULL, body BLOB NOT NULL);
            CREATE INDEX erasures_open ON erasures(number) WHERE finished = 0;
            ALTER TABLE requests ADD COLUMN users BLOB;
            ALTER TABLE requests ADD COLUMN erasures INTEGER NOT NULL DEFAULT 0;
            """,
        """
        CREATE INDEX erasures_user ON erasures(user, number);
        CREATE TABLE receipt_keys(number INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL);
        """,
        """
        ALTER TABLE quarantine ADD COLUMN dismissed INTEGER;
        """,
        """
        CREATE TABLE new_items(
            number INTEGER PRIMARY KEY, item TEXT NOT NULL UNIQUE, title TEXT, categories BLOB NOT NULL,
            available INTEGER NOT NULL, description TEXT, price REAL, currency TEXT, image_url TEXT, url TEXT,
            created INTEGER, expires INTEGER, family TEXT, attributes BLOB);
        INSERT INTO new_items(item, title, categories, available)
            SELECT item, title, categories, available FROM items ORDER BY item;
        DROP TABLE items;
        ALTER TABLE new_items RENAME TO items;
        CREATE INDEX items_unavailable ON items(item) WHERE available = 0;
        CREATE INDEX items_created ON items(created) WHERE created IS NOT NULL;
        CREATE INDEX items_expires ON items(expires) WHERE expires IS NOT NULL;
        CREATE TABLE items_deleted(item TEXT PRIMARY KEY NOT NULL) WITHOUT ROWID;
        CREATE TABLE item_attributes(name TEXT PRIMARY KEY NOT NULL, type TEXT NOT NULL, length INTEGER) WITHOUT ROWID;
        CREATE VIRTUAL TABLE items_words USING fts5(
            words, content='', contentless_delete=1, detail=none, tokenize='unicode61 remove_diacritics 2');
        INSERT INTO items_words(rowid, words)
            SELECT number, concat_ws(' ', title,
                (SELECT group_concat(value, ' ') FROM json_each(CAST(categories AS TEXT)))) FROM items;
        UPDATE catalogue SET version = version + 1;
        """,
        """
        CREATE TABLE scenarios(
            name TEXT NOT NULL, version INTEGER NOT NULL, body BLOB NOT NULL, PRIMARY KEY(name, version)) WITHOUT ROWID;
        """,
        """
        CREATE TABLE list_configurations(
            number INTEGER PRIMARY KEY NOT NULL, scenario TEXT NOT NULL, model TEXT, experiment TEXT, variant TEXT);
        ALTER TABLE interactions ADD COLUMN currency TEXT;
        ALTER TABLE interactions ADD COLUMN recommendation TEXT;
        """,
        """
        CREATE TABLE feedback_progress(through INTEGER NOT NULL, settings TEXT NOT NULL, window INTEGER NOT NULL);
        CREATE TABLE feedback_events(
            user TEXT NOT NULL, item TEXT NOT NULL, sequence INTEGER NOT NULL, at INTEGER NOT NULL, kind INTEGER NOT NULL,
            type TEXT NOT NULL, list TEXT, currency TEXT, amount INTEGER NOT NULL,
            PRIMARY KEY(user, item, sequence)) WITHOUT ROWID;
        CREATE TABLE feedback_lists(
            user TEXT NOT NULL, list TEXT NOT NULL, sequence INTEGER NOT NULL, PRIMARY KEY(user, list)) WITHOUT ROWID;
        CREATE TABLE feedback_users(
            user TEXT NOT NULL, day INTEGER NOT NULL, configuration INTEGER NOT NULL, source INTEGER NOT NULL, kind INTEGER NOT NULL,
            type TEXT NOT NULL, currency TEXT NOT NULL, count INTEGER NOT NULL, amount INTEGER NOT NULL,
            PRIMARY KEY(user, day, configuration, source, kind, type, currency)) WITHOUT ROWID;
        CREATE TABLE feedback_items(
            item TEXT NOT NULL, day INTEGER NOT NULL, configuration INTEGER NOT NULL, source INTEGER NOT NULL, kind INTEGER NOT NULL,
            type TEXT NOT NULL, currency TEXT NOT NULL, count INTEGER NOT NULL, amount INTEGER NOT NULL,
            PRIMARY KEY(item, day, configuration, source, kind, type, currency)) WITHOUT ROWID;
        CREATE TABLE feedback_erased(
            item TEXT NOT NULL, day INTEGER NOT NULL, configuration INTEGER NOT NULL, source INTEGER NOT NULL, kind INTEGER NOT NULL,
            type TEXT NOT NULL, currency TEXT NOT NULL, count INTEGER NOT NULL, amount INTEGER NOT NULL,
            PRIMARY KEY(item, day, configuration, source, kind, type, currency)) WITHOUT ROWID;
        """,
        """
        CREATE TABLE user_attributes(user TEXT PRIMARY KEY NOT NULL, body BLOB NOT NULL) WITHOUT ROWID;
        """,
        """
        CREATE TABLE experiments(name TEXT PRIMARY KEY NOT NULL, body BLOB NOT NULL) WITHOUT ROWID;
        """,
        """
        ALTER TABLE items ADD COLUMN changed INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE items_deleted ADD COLUMN changed INTEGER NOT NULL DEFAULT 0;
        CREATE INDEX items_changed ON items(changed);
        CREATE INDEX items_deleted_changed ON items_deleted(changed);
        """,
        """
        ALTER TABLE catalogue ADD COLUMN families INTEGER NOT NULL DEFAULT 0;
        CREATE INDEX items_family ON items(family, item) WHERE family IS NOT NULL;
        CREATE TRIGGER items_family_put AFTER INSERT ON items WHEN new.family IS NOT NULL
        BEGIN UPDATE catalogue SET families = families + 1; END;
        CREATE TRIGGER items_family_changed AFTER UPDATE OF family ON items WHEN old.family IS NOT new.family
        BEGIN UPDATE catalogue SET families = families + 1; END;
        CREATE TRIGGER items_family_deleted AFTER DELETE ON items WHEN old.family IS NOT NULL
        BEGIN UPDATE catalogue SET families = families + 1; END;
        """,
    ];

    /// <summary>Brings the database to the newest version.</summary>
    /// <exception cref="StoredFormatException">A newer program wrote it.</exception>
    internal static void Upgrade(Connection connection, string path, IReadOnlyList<string> steps)
    {
        if (VersionOf(connection, path, steps.Count) == steps.Count)
            return;
        connection.Run("BEGIN IMMEDIATE");
        try
        {
            // Once more, for another process may have done it while this one waited.
            for (var version = VersionOf(connection, path, steps.Count); version < steps.Count; version++)
                connection.Script(steps[version]);
            connection.Script(string.Create(CultureInfo.InvariantCulture, $"PRAGMA user_version = {steps.Count}"));
            connection.Run("COMMIT");
        }
        finally
        {
            if (connection.InTransaction)
                connection.Run("ROLLBACK");
        }
    }

    /// <summary>
    /// Writes a page of the database and changes nothing: whether it can be written is known when this is committed.
    /// </summary>
    internal static long Touch(Connection connection)
    {
        var version = connection.Number("PRAGMA user_version");
        connection.Script(string.Create(CultureInfo.InvariantCulture, $"PRAGMA user_version = {version}"));
        return version;
    }

    private static int VersionOf(Connection connection, string path, int newest)
    {
        var version = (int)connection.Number("PRAGMA user_version");
        if (version <= newest)
            return version;
        throw new StoredFormatException(
            $"The database '{path}' is of format {version}, and this program knows formats up to {newest}: use a "
                + "newer program."
        );
    }
}
