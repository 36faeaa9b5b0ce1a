using Recommendation.Application.Ports;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Profiles;

namespace Recommendation.Local.Sqlite;

/// <summary>
/// Profiles as rows: what is asked for by column, and all else as a blob. The checkpoint is in the same file.
/// </summary>
internal sealed class SqliteProfileStore(LocalDatabase database) : IProfileStore
{
    private const int Page = 500;

    public async Task<IReadOnlyDictionary<UserId, UserProfile>> LoadAsync(
        IReadOnlyCollection<UserId> users, CancellationToken cancellationToken)
    {
        // In the table's order, so that a page of it is looked at once.
        UserId[] ordered = [.. users];
        Array.Sort(ordered);
        return await database.Readers.RunAsync(
            connection => ProfileRows.Load(connection, ordered),
            Faults.OfStore,
            cancellationToken,
            isBrief: ordered.Length == 1
        );
    }

    public async Task<IReadOnlyList<SaveOutcome>> SaveAsync(
        IReadOnlyList<UserProfile> profiles, Position? checkpoint, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (profiles.Count == 0 && checkpoint is null)
            return [];
        var rows = ProfileRow.From(profiles);
        return await database.Writer.RunAsync(
            connection =>
            {
                var outcomes = ProfileRows.Save(connection, rows);
                if (
                    checkpoint is { } position
                    && Array.TrueForAll(outcomes, outcome => outcome.Status == SaveStatus.Saved)
                )
                    Checkpoints.Save(connection, position);
                return outcomes;
            },
            Faults.OfStore,
            cancellationToken,
            leavesNoTrace: profiles.Any(profile => profile is { IsEmpty: true, ErasedAt: not null }));
    }

    public Task<Position?> CheckpointAsync(string partition, CancellationToken cancellationToken) =>
        database.Readers.RunAsync(
            connection => Checkpoints.Find(connection, partition),
            Faults.OfStore,
            cancellationToken
        );

    public IAsyncEnumerable<UserId> ActiveUsersAsync(
        int bucket,
        DateOnly from,
        DateOnly through,
        CancellationToken cancellationToken
    )
    {
        ArgumentOutOfRangeException.ThrowIfNegative(bucket);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(bucket, ActiveBucket.Count);
        return database.Readers.StreamAsync<UserId, (int Day, string User)>(
            (from.DayNumber, ""),
            (connection, place, rows) => ProfileRows.Active(connection, bucket, place, through.DayNumber, Page, rows),
            Faults.OfStore,
            cancellationToken);
    }

    public IAsyncEnumerable<UserProfile> AllAsync(CancellationToken cancellationToken) =>
        database.Readers.StreamAsync<UserProfile, long>(
            0,
            (connection, place, rows) => ProfileRows.Read(connection, place, Page, rows),
            Faults.OfStore,
            cancellationToken
        );
}
