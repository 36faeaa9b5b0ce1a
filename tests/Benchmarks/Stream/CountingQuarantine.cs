using Recommendation.Application.Ports;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Quarantine;

namespace Recommendation.Benchmarks.Stream;

/// <summary>Counts positions instead of keeping records, so that the memory of the run is the function's.</summary>
internal sealed class CountingQuarantine : IQuarantine
{
    private readonly HashSet<(string, string, int)> _positions = [];

    internal long Count => _positions.Count;

    public Task AddAsync(IReadOnlyList<QuarantinedRecord> records, CancellationToken cancellationToken)
    {
        foreach (var record in records)
            _positions.Add((record.Position.Partition, record.Position.Sequence.Value, record.Position.Index));
        return Task.CompletedTask;
    }

    public IAsyncEnumerable<QuarantinedRecord> ListAsync(bool includeSettled, CancellationToken cancellationToken) =>
        AsyncEnumerable.Empty<QuarantinedRecord>();

    public IAsyncEnumerable<QuarantinedRecord> NewestAsync(
        QuarantineSearch search,
        CancellationToken cancellationToken
    ) => AsyncEnumerable.Empty<QuarantinedRecord>();

    public Task MarkAsync(
        IReadOnlyList<Position> positions,
        QuarantineEnd decision,
        DateTimeOffset at,
        CancellationToken cancellationToken
    ) => Task.CompletedTask;

    public Task<ErasedPart> ForgetAsync(ErasureWork work, CancellationToken cancellationToken) =>
        Task.FromResult(new ErasedPart(0));
}
