using System.Runtime.CompilerServices;
using Recommendation.Application.Ports;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Profiles;
using Recommendation.Local.Files;

namespace Recommendation.Local.Sqlite;

/// <summary>
/// The log as a table. It keeps everything, and refuses an event id that the user already has, however old.
/// </summary>
/// <param name="database">The file.</param>
/// <param name="probe">Finds out whether its folder takes new bytes.</param>
internal sealed class SqliteInteractionLog(LocalDatabase database, WriteProbe? probe = null) : IInteractionLog
{
    /// <summary>Rows that are removed in one transaction: few enough that nobody who appends waits for long.</summary>
    internal const int ForgottenAtOnce = 5000;

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

    /// <summary>By position alone: the log has one partition, and the erasure has a place in it.</summary>
    public async Task<ErasedPart> ForgetAsync(ErasureWork work, CancellationToken cancellationToken)
    {
        var through = ThroughOf(work.Boundary);
        var after = work.After is { } text ? LocalPosition.After(Position.Parse(text)) : 0;
        // There is no index by user, which every append would pay for: the long look through the table is a reader's,
        // and the writer only deletes what was found.
        var found = await database.Readers.RunAsync(
            connection => InteractionRows.Of(connection, work.User, after, through, ForgottenAtOnce),
            Faults.OfLog,
            cancellationToken
        );
        var removed =
            found.Count == 0
                ? 0
                : await database.Writer.RunAsync(
                    connection => InteractionRows.Delete(connection, work.User, found),
                    Faults.OfLog,
                    cancellationToken,
                    leavesNoTrace: true
                );
        return new ErasedPart(
            removed,
            found.Count < ForgottenAtOnce ? null : LocalPosition.Of(found[^1].Sequence).ToString()
        );
    }

    /// <summary>The last sequence that an erasure covers; 0 if it has no place in this log.</summary>
    internal static long ThroughOf(ErasureBoundary boundary) =>
        boundary
            .Marks.Where(mark => string.Equals(mark.Partition, LocalLog.Partition, StringComparison.Ordinal))
            .Select(mark => LocalPosition.After(new Position(mark.Partition, mark.Sequence, mark.Index)))
            .DefaultIfEmpty(0)
            .Max();

    /// <summary>
    /// Writes: beside the file, since the database goes on in space that it has, and in it, since it may be locked.
    /// </summary>
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
                $"The folder '{folder}' can't be written: check that this user may and that the disk has space. "
                    + $"({problem.Message})",
                problem
            );
        }
        await database.Writer.RunAsync(Schema.Touch, Faults.OfLog, cancellationToken);
    }
}
