using Recommendation.Application.Erasures;
using Recommendation.Application.Ports;
using Recommendation.Domain.Batches;
using Recommendation.Domain.Interactions;

namespace Recommendation.Local.InMemory;

/// <summary>Segments and results in dictionaries; gone with the process.</summary>
internal sealed class MemoryBatchSegments : IBatchSegments, IErasable
{
    private readonly Lock _gate = new();
    private readonly Dictionary<(BatchRunId, int), UserId[]> _users = [];
    private readonly Dictionary<BatchRunId, SortedDictionary<int, SegmentResult>> _results = [];
    private readonly Dictionary<DateOnly, BatchRun> _published = [];

    public Task SnapshotAsync(
        BatchRunId run,
        int segment,
        IReadOnlyList<UserId> users,
        CancellationToken cancellationToken
    ) =>
        _gate.Do(
            () =>
            {
                _users[(run, segment)] = [.. users];
            },
            cancellationToken
        );

    public Task<IReadOnlyList<UserId>> UsersAsync(BatchRunId run, int segment, CancellationToken cancellationToken) =>
        _gate.Do<IReadOnlyList<UserId>>(
            () => _users.GetValueOrDefault((run, segment))
                ?? throw new StoreUnavailableException($"Run '{run}' has no segment {segment}: plan it again."),
            cancellationToken);

    public Task<SegmentResult> RecordAsync(BatchRunId run, SegmentResult result, CancellationToken cancellationToken) =>
        _gate.Do(
            () =>
            {
                if (!_results.TryGetValue(run, out var results))
                    _results[run] = results = [];
                results.TryAdd(result.Number, result);
                return results[result.Number];
            },
            cancellationToken);

    public Task<IReadOnlyList<SegmentResult>> ResultsAsync(BatchRunId run, CancellationToken cancellationToken) =>
        _gate.Do<IReadOnlyList<SegmentResult>>(
            () => _results.TryGetValue(run, out var results) ? [.. results.Values] : [], cancellationToken);

    public Task PublishAsync(BatchRun run, CancellationToken cancellationToken) =>
        _gate.Do(
            () =>
            {
                if (!_published.TryGetValue(run.Date, out var earlier) || earlier.StartedAt <= run.StartedAt)
                    _published[run.Date] = run;
            },
            cancellationToken);

    public string Place => PersonalDataPlaces.Segments;

    public Task<ErasedPart> EraseAsync(ErasureWork work, CancellationToken cancellationToken) =>
        _gate.Do(
            () =>
            {
                var held = _users
                    .Where(segment => segment.Value.Contains(work.User))
                    .Select(segment => segment.Key)
                    .ToList();
                foreach (var segment in held)
                    _users[segment] = ErasedUser.Replaced(_users[segment], work.User);
                return new ErasedPart(held.Count);
            },
            cancellationToken
        );

    /// <summary>The run that the day's results name; null where there is none.</summary>
    internal BatchRun? Published(DateOnly date)
    {
        lock (_gate)
            return _published.GetValueOrDefault(date);
    }
}
