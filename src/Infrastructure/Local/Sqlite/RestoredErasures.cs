using Recommendation.Application.Erasures;
using Recommendation.Domain.Erasures;
using Recommendation.Domain.Profiles;
using Recommendation.Local.Files;

namespace Recommendation.Local.Sqlite;

/// <summary>
/// Finds what a restore of a part of the data folder brought back, and opens the erasures again that it undid: all
/// places if the database is older than an erasure, one place if a folder of batch files is.
/// </summary>
internal sealed class RestoredErasures(LocalDatabase database, ErasureFiles files)
{
    internal async Task OpenAsync(CancellationToken cancellationToken)
    {
        var (stored, last) = await database.Readers.RunAsync(Stored, Faults.OfStore, cancellationToken, isBrief: true);
        var kept = files.Ids();
        foreach (var id in kept.Except(stored.Keys, StringComparer.Ordinal).Order(StringComparer.Ordinal))
            await InsertAsync(await files.ReadAsync(id, cancellationToken), cancellationToken);
        // The files of an earlier version of the program, or of an older moment.
        foreach (var (id, body) in stored.Where(one => !kept.Contains(one.Key)))
            await files.WriteAsync(ErasureDocument.Read(body, $"erasures, '{id}'"), cancellationToken);
        foreach (var (name, place) in ErasureFiles.Rewritten)
            await CheckAsync(name, place, last, cancellationToken);
    }

    /// <summary>A finished erasure is in the files that it rewrote, as far as they are marked.</summary>
    private async Task CheckAsync(string name, string place, long last, CancellationToken cancellationToken)
    {
        if (last <= SqliteErasures.FinishedBefore)
            return;
        if (files.IsEmpty(name))
        {
            await files.MarkErasedAsync(name, last, cancellationToken);
            return;
        }
        var through = await files.ErasedThroughAsync(name, cancellationToken) ?? SqliteErasures.FinishedBefore;
        if (through >= last)
            return;
        await database.Writer.RunAsync(
            connection => Reopen(connection, place, through),
            Faults.OfStore,
            cancellationToken
        );
    }

    private Task<int> InsertAsync(Erasure erasure, CancellationToken cancellationToken) =>
        database.Writer.RunAsync(
            connection =>
                SqliteErasures.Insert(
                    connection,
                    erasure with
                    {
                        // Whatever the older database holds of the user is before this place.
                        Boundary = ErasureBoundary.After(
                            SqliteErasures.BoundariesOf(connection, erasure.User).LastOrDefault(),
                            LocalPosition.Of(InteractionRows.TakePlace(connection)),
                            erasure.RequestedAt
                        ),
                        Places = new Dictionary<string, PlaceProgress>(StringComparer.Ordinal),
                        FinishedAt = null,
                        Problem = EraseRestored.Problem,
                    }
                ),
            Faults.OfStore,
            cancellationToken
        );

    private static (Dictionary<string, byte[]> Stored, long Last) Stored(Connection connection)
    {
        var stored = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        var last = 0L;
        var select = connection.Prepare("SELECT id, body, finished FROM erasures");
        while (select.Step())
        {
            stored.Add(select.Text(0), select.Blob(1).ToArray());
            last = Math.Max(last, select.Int64(2));
        }
        return (stored, last);
    }

    private static int Reopen(Connection connection, string place, long through)
    {
        var select = connection.Prepare("SELECT number, body FROM erasures WHERE finished > ?1");
        var undone = new List<Erasure>();
        for (select.Bind(1, through); select.Step();)
            undone.Add(SqliteErasures.Read(select));
        foreach (var erasure in undone)
        {
            var places = erasure.Places.Where(one => !string.Equals(one.Key, place, StringComparison.Ordinal));
            var open = erasure with
            {
                Places = places.ToDictionary(StringComparer.Ordinal),
                FinishedAt = null,
                Problem = EraseRestored.Problem,
            };
            SqliteErasures.Update(connection, open);
        }
        return undone.Count;
    }
}
