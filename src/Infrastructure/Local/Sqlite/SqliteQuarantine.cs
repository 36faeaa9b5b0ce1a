using System.Globalization;
using Recommendation.Application.Ports;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Quarantine;

namespace Recommendation.Local.Sqlite;

/// <summary>Rejected records as a table.</summary>
internal sealed class SqliteQuarantine(LocalDatabase database) : IQuarantine
{
    private const int Page = 500;

    public Task AddAsync(IReadOnlyList<QuarantinedRecord> records, CancellationToken cancellationToken) =>
        database.Writer.RunAsync(
            connection => QuarantineRows.Add(connection, records),
            Faults.OfStore,
            cancellationToken
        );

    public IAsyncEnumerable<QuarantinedRecord> ListAsync(bool includeSettled, CancellationToken cancellationToken) =>
        database.Readers.StreamAsync<QuarantinedRecord, QuarantineRows.Place>(
            QuarantineRows.Place.Start,
            (connection, place, rows) => QuarantineRows.Read(connection, includeSettled, place, Page, rows),
            Faults.OfStore,
            cancellationToken);

    public IAsyncEnumerable<QuarantinedRecord> NewestAsync(
        QuarantineSearch search,
        CancellationToken cancellationToken
    ) =>
        database.Readers.StreamAsync<QuarantinedRecord, QuarantineRows.Place>(
            QuarantineRows.Place.Before(search.Before),
            (connection, place, rows) => QuarantineRows.ReadNewest(connection, search, place, Page, rows),
            Faults.OfStore,
            cancellationToken);

    public Task MarkAsync(
        IReadOnlyList<Position> positions,
        QuarantineEnd decision,
        DateTimeOffset at,
        CancellationToken cancellationToken
    ) =>
        database.Writer.RunAsync(
            connection => QuarantineRows.Mark(connection, positions, decision, at),
            Faults.OfStore,
            cancellationToken
        );

    /// <summary>
    /// The user's own records at once; then, page by page, those of nobody that name the user. A sweep looks at all of
    /// them by page.
    /// </summary>
    public async Task<ErasedPart> ForgetAsync(ErasureWork work, CancellationToken cancellationToken)
    {
        var own =
            work.After is not null || work.IsSweep
                ? 0
                : await database.Writer.RunAsync(
                    connection =>
                        (long)
                            connection.Prepare("DELETE FROM quarantine WHERE user = ?1").Bind(1, work.User.Value).Run(),
                    Faults.OfStore,
                    cancellationToken,
                    leavesNoTrace: true
                );
        var after = work.After is { } text ? long.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture) : 0;
        var page = new List<(long Row, QuarantinedRecord? Left)>();
        var last = await database.Readers.RunAsync(
            connection => QuarantineRows.About(connection, work, after, Page, page),
            Faults.OfStore,
            cancellationToken
        );
        var removed =
            page.Count == 0
                ? 0
                : await database.Writer.RunAsync(
                    connection => QuarantineRows.Replace(connection, page),
                    Faults.OfStore,
                    cancellationToken,
                    leavesNoTrace: true
                );
        return new ErasedPart(own + removed, last?.ToString(CultureInfo.InvariantCulture));
    }
}
