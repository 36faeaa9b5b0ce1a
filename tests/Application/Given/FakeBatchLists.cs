using Recommendation.Application.Erasures;
using Recommendation.Application.Ports;
using Recommendation.Domain.Batches;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Recommendations;

namespace Recommendation.Application.Tests.Given;

/// <summary>The files of lists in memory.</summary>
internal sealed class FakeBatchLists : IBatchLists, IErasable
{
    private readonly Dictionary<(BatchRunId Run, int Segment), IReadOnlyList<RecommendationList>> _files = [];

    /// <summary>Runs after each write.</summary>
    internal Func<Task> Saved { get; set; } = () => Task.CompletedTask;

    internal IReadOnlyList<RecommendationList> Of(int segment) => _files[(Some.Run, segment)];

    internal IEnumerable<int> Segments => _files.Keys.Select(key => key.Segment);

    public Task SaveAsync(
        BatchRun run,
        int segment,
        IReadOnlyList<RecommendationList> lists,
        CancellationToken cancellationToken
    )
    {
        _files[(run.Id, segment)] = lists;
        return Saved();
    }

    public Task RemoveAsync(BatchRun run, CancellationToken cancellationToken)
    {
        foreach (var key in _files.Keys.Where(key => key.Run == run.Id).ToList())
            _files.Remove(key);
        return Task.CompletedTask;
    }

    public string Place => PersonalDataPlaces.Lists;

    public Task<ErasedPart> EraseAsync(ErasureWork work, CancellationToken cancellationToken)
    {
        foreach (var (key, lists) in _files.ToList())
            _files[key] = [.. lists.Where(list => list.UserId != work.User)];
        return Task.FromResult(new ErasedPart(0));
    }

    internal IEnumerable<UserId> Users(int segment) => Of(segment).Select(list => list.UserId);
}
