using System.Runtime.InteropServices;
using Recommendation.Domain.Interactions;
using Recommendation.Modeling.Scoring;
using Recommendation.Modeling.Serving;

namespace Recommendation.Modeling.Evaluation;

/// <summary>Ranks test users one after another as the ranker would, and notes how good the lists are.</summary>
/// <param name="rankable">The model.</param>
/// <param name="types">Say what hides an item; what it weighs, the model says.</param>
/// <param name="options">k, and whether repeats count.</param>
/// <param name="popularity">By item, what novelty is measured by; the same for every model that is compared.</param>
/// <param name="clock">Measures the ranking.</param>
internal sealed class TestRun(RankableModel rankable, EventTypeSettings types, EvaluationOptions options, float[] popularity, TimeProvider clock)
{
    private const int HeavyFrom = 10;

    private readonly HistoryReader _histories = new(rankable.Model, types);
    private readonly ScoredItem[] _answer = new ScoredItem[Math.Min(options.Cutoff, rankable.Model.Items.Length)];
    private readonly List<int> _masked = [];
    private readonly List<int> _ranked = [];
    private readonly HashSet<int> _recommended = [];
    private TimeSpan _ranking;
    private double _bits;
    private long _listed;

    /// <summary>User by user.</summary>
    public List<(string Segment, RankingMetrics Metrics)> Results { get; } = [];

    /// <summary>NDCG of each user's list, in the order of the ranking.</summary>
    public IReadOnlyList<double> NdcgByUser => [.. Results.Select(result => result.Metrics.Ndcg)];

    public double Coverage => (double)_recommended.Count / rankable.Model.Items.Length;

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
            var history = Rank(user);
            _ranking += clock.GetElapsedTime(start);
            Results.Add((SegmentOf(history), RankingMetrics.Of(CollectionsMarshal.AsSpan(_ranked), Relevant(user), options.Cutoff)));
            Count();
        }
        return this;
    }

    /// <returns>How many items of the history the model knows.</returns>
    private int Rank(TestUser user)
    {
        var history = _histories.Read(user.Recent);
        _masked.Clear();
        if (!options.Training.AllowRepeats)
            _masked.AddRange(_histories.Hidden);
        var count = rankable.Scorer.Score(history, CollectionsMarshal.AsSpan(_masked), _answer);
        _ranked.Clear();
        foreach (ref readonly var scored in _answer.AsSpan(0, count))
            _ranked.Add(scored.Item);
        if (count == 0)
            _ranked.AddRange(rankable.Model.ByPopularity.Where(item => !_masked.Contains(item)).Take(_answer.Length));
        return history.Length;
    }

    private static string SegmentOf(int items) => items == 0 ? "new" : items < HeavyFrom ? "light" : "heavy";

    /// <summary>The numbers of the relevant items, ascending; items that the model does not know get numbers that it never lists.</summary>
    private int[] Relevant(TestUser user)
    {
        var relevant = new int[user.Relevant.Count];
        for (var i = 0; i < relevant.Length; i++)
            relevant[i] = rankable.Model.TryFind(ItemId.FromStored(user.Relevant[i]), out var item) ? item : int.MaxValue - i;
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
