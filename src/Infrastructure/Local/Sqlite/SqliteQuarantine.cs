using Recommendation.Application.Ports;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Quarantine;

namespace Recommendation.Local.Sqlite;

/// <summary>Rejected records as a table.</summary>
internal sealed class SqliteQuarantine(LocalDatabase database) : IQuarantine
{
    private const int Page = 500;

    public Task AddAsync(IReadOnlyList<QuarantinedRecord> records, CancellationToken cancellationToken) =>
        database.Writer.RunAsync(connection => QuarantineRows.Add(connection, records), Faults.OfStore, cancellationToken);

    public IAsyncEnumerable<QuarantinedRecord> ListAsync(bool includeRedriven, CancellationToken cancellationToken) =>
        database.Readers.StreamAsync<QuarantinedRecord, QuarantineRows.Place>(
            QuarantineRows.Place.Start,
            (connection, place, rows) => QuarantineRows.Read(connection, includeRedriven, place, Page, rows),
            Faults.OfStore,
            cancellationToken);

    public Task MarkRedrivenAsync(IReadOnlyList<Position> positions, DateTimeOffset at, CancellationToken cancellationToken) =>
        database.Writer.RunAsync(
            connection => QuarantineRows.MarkRedriven(connection, positions, at), Faults.OfStore, cancellationToken);

    public Task<long> ForgetAsync(UserId user, CancellationToken cancellationToken) =>
        database.Writer.RunAsync(
            connection => (long)connection.Prepare("DELETE FROM quarantine WHERE user = ?1").Bind(1, user.Value).Run(),
            Faults.OfStore,
            cancellationToken,
            leavesNoTrace: true);
}
