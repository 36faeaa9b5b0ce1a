using System.Runtime.CompilerServices;
using Recommendation.Application.Ports;
using Recommendation.Application.Quarantine;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Quarantine;

namespace Recommendation.Local.InMemory;

/// <summary>Rejected records in a dictionary; gone with the process.</summary>
internal sealed class MemoryQuarantine : IQuarantine
{
    private readonly Lock _gate = new();
    private readonly Dictionary<Position, QuarantinedRecord> _records = [];

    public Task AddAsync(IReadOnlyList<QuarantinedRecord> records, CancellationToken cancellationToken) =>
        _gate.Do(
            () =>
            {
                foreach (var record in records)
                    _records.TryAdd(record.Position, record with { Raw = record.Raw.ToArray() });
            },
            cancellationToken);

    public async IAsyncEnumerable<QuarantinedRecord> ListAsync(
        bool includeSettled, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var record in await _gate.Do(() => Ordered(includeSettled), cancellationToken))
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return record;
        }
    }

    public async IAsyncEnumerable<QuarantinedRecord> NewestAsync(
        QuarantineSearch search, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (
            var record in (await _gate.Do(() => Ordered(includeSettled: true), cancellationToken))
                .Where(search.Includes)
                .Reverse()
        )
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return record;
        }
    }

    public Task MarkAsync(
        IReadOnlyList<Position> positions,
        QuarantineEnd decision,
        DateTimeOffset at,
        CancellationToken cancellationToken
    ) =>
        _gate.Do(
            () =>
            {
                foreach (var position in positions)
                {
                    if (_records.TryGetValue(position, out var record))
                        _records[position] = record.After(decision, at);
                }
            },
            cancellationToken);

    public Task<ErasedPart> ForgetAsync(ErasureWork work, CancellationToken cancellationToken) =>
        _gate.Do(() => new ErasedPart(Forget(work)), cancellationToken);

    private QuarantinedRecord[] Ordered(bool includeSettled) =>
        [.. _records.Values
            .Where(record => includeSettled || record.IsOpen)
            .OrderBy(record => record.ArrivedAt)
            .ThenBy(record => record.Position.Partition, StringComparer.Ordinal)
            .ThenBy(record => record.Position, Comparer<Position>.Create((a, b) => a.CompareWithin(b)))];

    private long Forget(ErasureWork work)
    {
        QuarantinedRecord[] about =
        [
            .. _records.Values.Where(record => work.Concerns(record) && record.IsAbout(work.User)),
        ];
        foreach (var record in about)
        {
            if (record.Without(work.User) is { } rest)
                _records[record.Position] = rest;
            else
                _records.Remove(record.Position);
        }
        return about.Length;
    }
}
