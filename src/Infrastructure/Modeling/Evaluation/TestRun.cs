using System.Runtime.InteropServices;
using Recommendation.Domain.Interactions;
using Recommendation.Modeling.Scoring;
using Recommendation.Modeling.Serving;

namespace Recommendation.Modeling.Evaluation;

/// <summary>Ranks test users one after another as the ranker would, and adds up how good the lists are.</summary>
internal sealed class TestRun(RankableModel rankable, InteractionWeights weights, int cutoff)
{
    private const int HeavyFrom = 10;

    private readonly HistoryReader _histories = new(rankable.Model, weights);
    private readonly ScoredItem[] _answer = new ScoredItem[Math.Min(cutoff, rankable.Model.Items.Length)];
    private readonly List<int> _masked = [];
    private readonly List<int> _ranked = [];
    private readonly List<(string Segment, RankingMetrics Metrics)> _results = [];
    private readonly HashSet<int> _recommended = [];
    private double _bits;
    private long _listed;

    /// <summary>NDCG of each user's list, in the order of the ranking.</summary>
    public IReadOnlyList<double> NdcgByUser => [.. _results.Select(result => result.Metrics.Ndcg)];

    public void Rank(TestUser user)
    {
        var history = _histories.Read(user.Recent);
        _masked.Clear();
        foreach (var one in history)
            _masked.Add(one.Item);
        var count = rankable.Scorer.Score(history, CollectionsMarshal.AsSpan(_masked), _answer);
        _ranked.Clear();
        foreach (ref readonly var scored in _answer.AsSpan(0, count))
            _ranked.Add(scored.Item);
        if (count == 0)
            _ranked.AddRange(rankable.Model.ByPopularity.Where(item => !_masked.Contains(item)).Take(_answer.Length));
        _results.Add((SegmentOf(history.Length), RankingMetrics.Of(CollectionsMarshal.AsSpan(_ranked), Relevant(user), cutoff)));
        Count();
    }

    public EvaluationReport Report(int resamples) => new()
    {
        Cutoff = cutoff,
        Overall = Figures(_results, resamples),
        Segments = _results.GroupBy(result => result.Segment, StringComparer.Ordinal).OrderBy(segment => segment.Key, StringComparer.Ordinal)
            .ToDictionary(segment => segment.Key, segment => Figures([.. segment], resamples), StringComparer.Ordinal),
        Coverage = (double)_recommended.Count / rankable.Model.Items.Length,
        Novelty = _listed == 0 ? 0 : _bits / _listed,
        Data = (rankable.Model.Manifest.Data.Users, rankable.Model.Items.Length, rankable.Model.Manifest.Data.Interactions),
        Parameters = rankable.Model.Manifest.Parameters,
        ValidationMetrics = rankable.Model.Manifest.Metrics,
        TrainSeconds = 0,
        MicrosecondsPerUser = 0,
        PeakMemoryBytes = 0,
    };

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
            _bits -= Math.Log2(Math.Max(rankable.Model.Popularity[item], 1e-6));
            _listed++;
        }
    }

    private static QualityFigures Figures(List<(string Segment, RankingMetrics Metrics)> results, int resamples)
    {
        var recall = results.Select(result => result.Metrics.Recall).ToArray();
        var ndcg = results.Select(result => result.Metrics.Ndcg).ToArray();
        return new QualityFigures(
            results.Count,
            recall.Average(),
            ndcg.Average(),
            results.Average(result => result.Metrics.HitRate),
            results.Average(result => result.Metrics.ReciprocalRank),
            Bootstrap.Mean(recall, resamples),
            Bootstrap.Mean(ndcg, resamples));
    }
}
