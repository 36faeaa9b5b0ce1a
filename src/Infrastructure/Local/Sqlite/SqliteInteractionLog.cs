using System.Runtime.CompilerServices;
using Recommendation.Application.Ports;
using Recommendation.Domain.Interactions;
using Recommendation.Local.Files;

namespace Recommendation.Local.Sqlite;

/// <summary>The log as a table. It keeps everything, and refuses an event id that the user already has, however old.</summary>
/// <param name="database">The file.</param>
/// <param name="probe">Finds out whether its folder takes new bytes.</param>
internal sealed class SqliteInteractionLog(LocalDatabase database, WriteProbe? probe = null) : IInteractionLog
{
    private const int Page = 2000;

    private readonly WriteProbe _probe = probe ?? new WriteProbe();

    public async Task<IReadOnlyList<AppendOutcome>> AppendAsync(
        IReadOnlyList<Interaction> interactions, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (interactions.Count == 0)
            return [];
        var digests = EventDigest.Of(interactions);
        return await database.Writer.RunAsync(
            connection => InteractionRows.Append(connection, interactions, digests), Faults.OfLog, cancellationToken);
    }

    public async IAsyncEnumerable<Interaction> ReadAsync(
        Position? after, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var start = LocalPosition.After(after);
        var end = await database.Readers.RunAsync(InteractionRows.Last, Faults.OfLog, cancellationToken);
        var interactions = database.Readers.StreamAsync<Interaction, long>(
            start,
            (connection, place, rows) => InteractionRows.Read(connection, place, end, Page, rows),
            Faults.OfLog,
            cancellationToken);
        await foreach (var interaction in interactions)
            yield return interaction;
    }

    public Task<Position?> NewestAsync(CancellationToken cancellationToken) => database.Readers.RunAsync(
        connection => InteractionRows.Last(connection) is > 0 and var last ? LocalPosition.Of(last) : (Position?)null,
        Faults.OfLog,
        cancellationToken);

    public async Task<long> ForgetAsync(UserId user, DateTimeOffset before, Position? through, CancellationToken cancellationToken)
    {
        var boundary = LocalPosition.After(through);
        // There is no index by user, which every append would pay for: the long look through the table is a reader's, and
        // the writer looks only at what came since.
        var (found, end) = await database.Readers.RunAsync(
            connection =>
            {
                var last = InteractionRows.Last(connection);
                return (InteractionRows.Of(connection, user, before, boundary, after: 0, through: last), last);
            },
            Faults.OfLog,
            cancellationToken);
        return await database.Writer.RunAsync(
            connection =>
            {
                var since = InteractionRows.Of(connection, user, before, boundary, after: end, through: long.MaxValue);
                return InteractionRows.Delete(connection, user, found) + InteractionRows.Delete(connection, user, since);
            },
            Faults.OfLog,
            cancellationToken,
            leavesNoTrace: true);
    }

    /// <summary>Writes: beside the file, since the database goes on in space that it has, and in it, since it may be locked.</summary>
    public async Task CheckAsync(CancellationToken cancellationToken)
    {
        var folder = Path.GetDirectoryName(database.Path)!;
        try
        {
            await _probe.WriteAsync(folder, cancellationToken);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new LogUnavailableException(
                $"The folder '{folder}' can't be written: check that this user may and that the disk has space. ({problem.Message})", problem);
        }
        await database.Writer.RunAsync(Schema.Touch, Faults.OfLog, cancellationToken);
    }
}
