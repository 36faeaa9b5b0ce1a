using System.Runtime.InteropServices;
using Recommendation.Application.Ports;
using Recommendation.Domain.Interactions;
using Recommendation.Modeling.Metrics;
using Recommendation.Modeling.Serving;

namespace Recommendation.Modeling.Evaluation;

/// <summary>
/// Ranks test users one after another with the ranker that serves, and measures their lists. Every item that a user
/// acted on is masked. Popular items fill up short lists, as in serving.
/// </summary>
/// <param name="rankable">The model.</param>
/// <param name="types">Say what hides an item; what it weighs, the model says.</param>
/// <param name="options">k, and whether repeats count.</param>
/// <param name="popularity">By item, what novelty is measured by; the same for every model that is compared.</param>
/// <param name="clock">Measures the ranking.</param>
internal sealed class TestRun(
    RankableModel rankable,
    EventTypeSettings types,
    EvaluationOptions options,
    float[] popularity,
    TimeProvider clock
)
{
    private const int HeavyFrom = 10;

    // The ranker answers with the user's id and ignores it otherwise.
    private static readonly UserId s_tested = UserId.Parse("tested");

    private readonly UserRanker _ranker = new(rankable, types);
    private readonly List<int> _ranked = [];
    private readonly HashSet<int> _recommended = [];
    private TimeSpan _ranking;
    private double _bits;
    private long _listed;

    /// <summary>User by user.</summary>
    public List<(string Segment, RankingMetrics Metrics)> Results { get; } = [];

    /// <summary>User by user at each of the other lengths.</summary>
    public Dictionary<int, List<(string Segment, RankingMetrics Metrics)>> ByCutoff { get; } =
        options.OtherCutoffs.ToDictionary(cutoff => cutoff, _ => new List<(string, RankingMetrics)>());

    /// <summary>NDCG of each user's list, in the order of the ranking.</summary>
    public IReadOnlyList<double> NdcgByUser => [.. Results.Select(result => result.Metrics.Ndcg)];

    /// <summary>
    /// The share of the items that are in any list. Of a model with content only the items with interactions count: a
    /// catalogue full of new items would make every model before it look better.
    /// </summary>
    public double Coverage => rankable.Model.Content is null
        ? (double)_recommended.Count / rankable.Model.Items.Length
        : (double)_recommended.Count(item => rankable.Model.Popularity[item] > 0)
            / Math.Max(1, rankable.Model.ByPopularity.Length);

    /// <summary>In bits; see <see cref="EvaluationReport.Novelty"/>.</summary>
    public double Novelty => _listed == 0 ? 0 : _bits / _listed;

    /// <summary>How long a list took on average.</summary>
    public double MicrosecondsPerUser => _ranking.TotalMicroseconds / Math.Max(1, Results.Count);

    /// <summary>Tests every user.</summary>
    public TestRun Over(List<TestUser> users, CancellationToken cancellationToken)
    {
        foreach (var user in users)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var start = clock.GetTimestamp();
            Rank(user);
            _ranking += clock.GetElapsedTime(start);
            var (segment, relevant) = (SegmentOf(user), Relevant(user));
            Results.Add((segment, RankingMetrics.Of(CollectionsMarshal.AsSpan(_ranked), relevant, options.Cutoff)));
            foreach (var (cutoff, results) in ByCutoff)
                results.Add((segment, RankingMetrics.Of(CollectionsMarshal.AsSpan(_ranked), relevant, cutoff)));
            Count();
        }
        return this;
    }

    private void Rank(TestUser user)
    {
        var repeats = options.Training.AllowRepeats;
        var query = new RankUser(s_tested, user.History, options.Cutoff, repeats ? [] : user.ActedOn, repeats);
        _ranked.Clear();
        var listed = _ranker.Rank(query).Items;
        Add(listed.Select(item => item.ItemId));
        if (listed.Count < options.Cutoff)
        {
            var exclude = query.Exclude.Concat(listed.Select(item => item.ItemId)).ToList();
            Add(
                _ranker
                    .Popular(query with { Count = options.Cutoff - listed.Count, Exclude = exclude })
                    .Select(item => item.ItemId)
            );
        }
    }

    private void Add(IEnumerable<ItemId> items)
    {
        foreach (var id in items)
        {
            rankable.Model.TryFind(id, out var item);
            _ranked.Add(item);
        }
    }

    /// <summary>By how many items of the user the model knows.</summary>
    private string SegmentOf(TestUser user) => user.History.Select(one => one.ItemId).Distinct()
        .Where(item => rankable.Model.TryFind(item, out _)).Take(HeavyFrom).Count() switch
    {
        0 => "new",
        < HeavyFrom => "light",
        _ => "heavy",
    };

    /// <summary>
    /// The numbers of the relevant items, ascending; items that the model does not know get numbers
    /// that it never lists.
    /// </summary>
    private int[] Relevant(TestUser user)
    {
        var relevant = new int[user.Relevant.Count];
        for (var i = 0; i < relevant.Length; i++)
            relevant[i] = rankable.Model.TryFind(ItemId.FromStored(user.Relevant[i]), out var item)
                ? item
                : int.MaxValue - i;
        Array.Sort(relevant);
        return relevant;
    }

    private void Count()
    {
        foreach (var item in _ranked)
        {
            _recommended.Add(item);
            _bits -= Math.Log2(Math.Max(popularity[item], 1e-6));
            _listed++;
        }
    }
}
