using Recommendation.Modeling.Data;
using Recommendation.Modeling.Linear;
using Recommendation.Modeling.Metrics;
using Recommendation.Modeling.Trainers;
using Recommendation.Modeling.Trainers.Content;

namespace Recommendation.Modeling.Selection;

/// <summary>
/// Measures how hidden items are ranked. The score of a new item is <c>η Σ_j ĉ_ij (s_j + τ m q_j)</c> with the scores
/// s of the items that resemble it, so no rows have to be made for a trial.
/// </summary>
internal sealed class ContentTrials
{
    private const int Cutoff = 20;

    private readonly ValidationSplit _split;
    private readonly HiddenItems _hidden;
    private readonly ContentNeighbours[] _placed;
    private readonly ItemWeights _weights;
    private readonly Recency _recency;
    private readonly double _unit;
    private readonly int _threads;
    private readonly CancellationToken _cancellationToken;

    /// <param name="split">The data to validate on.</param>
    /// <param name="hidden">What is hidden of it.</param>
    /// <param name="placed">By hidden item, the visible items that resemble it.</param>
    /// <param name="weights">W of the visible items.</param>
    /// <param name="recency">How older items of a history count.</param>
    /// <param name="options">The options of the training.</param>
    /// <param name="cancellationToken">Checked before each user.</param>
    public ContentTrials(
        ValidationSplit split,
        HiddenItems hidden,
        ContentNeighbours[] placed,
        ItemWeights weights,
        Recency recency,
        ModelTrainerOptions options,
        CancellationToken cancellationToken)
    {
        (_split, _hidden, _placed, _weights, _recency) = (split, hidden, placed, weights, recency);
        (_unit, _threads, _cancellationToken) = (weights.MeanRowMaximum(), options.Threads, cancellationToken);
    }

    /// <summary>Users with a history who came to hidden items, spread evenly.</summary>
    public int[] UsersOfHidden(int limit)
    {
        var users = Enumerable.Range(0, _split.Remaining.Events.Users)
            .Where(user => _hidden.Remaining.Matrix.IndicesOf(user).Length > 0 && HiddenOf(user).Length > 0).ToArray();
        var count = Math.Min(limit, users.Length);
        return [.. Enumerable.Range(0, count).Select(at => users[(int)((long)at * users.Length / count)])];
    }

    /// <summary>NDCG@20 among the hidden items, by user.</summary>
    /// <param name="users">The users.</param>
    /// <param name="parameters">p and τ.</param>
    /// <param name="shift">By how many items contents are exchanged; 0 for each its own.</param>
    public double[] OfHidden(int[] users, ContentParameters parameters, int shift)
    {
        var shares = Shares(parameters, shift);
        var results = new double[users.Length];
        ForEach(users, (at, space) =>
        {
            space.Score(users[at], parameters, shares, shift);
            results[at] = space.Rank(space.OfHidden, HiddenOf(users[at]));
        });
        return results;
    }

    /// <summary>NDCG@20 of lists of all items, to find the visible items only, and to find all of them.</summary>
    public (double Visible, double All) OfAll(int limit, ContentParameters parameters)
    {
        var shares = Shares(parameters, 0);
        var count = Math.Min(limit, _split.Users.Length);
        var (visible, all) = (new double[count], new double[count]);
        var places = Enumerable.Range(0, count).Select(at => _split.UserAt(at, count)).ToArray();
        ForEach(Array.ConvertAll(places, place => _split.Users[place]), (at, space) =>
        {
            space.Score(_split.Users[places[at]], parameters, shares, 0);
            var heldOut = _split.HeldOut[places[at]];
            int[] ofVisible = [.. Numbers(heldOut, _hidden.Visible)];
            int[] ofHidden = [.. Numbers(heldOut, _hidden.Items).Select(item => _weights.Items + item)];
            visible[at] = space.Rank(space.OfAll, ofVisible);
            all[at] = space.Rank(space.OfAll, [.. ofVisible, .. ofHidden]);
        });
        return (visible.DefaultIfEmpty().Average(), all.DefaultIfEmpty().Average());
    }

    private static IEnumerable<int> Numbers(int[] items, int[] among) =>
        items.Select(item => Array.BinarySearch(among, item)).Where(number => number >= 0);

    private int[] HiddenOf(int user) =>
    [
        .. _split.Remaining.Events.Of(user).ToArray().Where(one => one.Weight > 0)
            .Select(one => Array.BinarySearch(_hidden.Items, one.Item)).Where(number => number >= 0).Distinct().Order(),
    ];

    private float[][] Shares(ContentParameters parameters, int shift) =>
        [.. _placed.Select((_, item) => PlacedAs(item, shift).Shares(parameters.Sharpness))];

    private ContentNeighbours PlacedAs(int item, int shift) => _placed[(item + shift) % _placed.Length];

    private void ForEach(int[] users, Action<int, Space> measure)
    {
        var parallel = new ParallelOptions
        {
            MaxDegreeOfParallelism = _threads,
            CancellationToken = _cancellationToken,
        };
        Parallel.For(0, users.Length, parallel, () => new Space(this), (at, _, space) =>
        {
            measure(at, space);
            return space;
        }, _ => { });
    }

    /// <summary>The working memory of one thread.</summary>
    private sealed class Space(ContentTrials trials)
    {
        private readonly HistoryBuilder _builder = new(trials._split.Remaining.Cap);
        private readonly float[] _all = new float[trials._weights.Items + trials._placed.Length];
        private readonly float[] _history = new float[trials._weights.Items];
        private readonly TopK _selector = new();
        private readonly int[] _ranked = new int[Cutoff];

        public ReadOnlySpan<float> OfAll => _all;

        public ReadOnlySpan<float> OfHidden => _all.AsSpan(trials._weights.Items);

        public void Score(int user, ContentParameters parameters, float[][] shares, int shift)
        {
            Array.Clear(_all);
            Array.Clear(_history);
            var known = HeldOutHistory.Of(trials._hidden.Remaining.Events.Of(user));
            _builder.Begin();
            foreach (var one in known.Entries)
                _builder.Add(one.Item, one.Weight, trials._recency, one.AgeMilliseconds);
            foreach (var (item, weight) in _builder.End())
                Add(item, weight);
            var self = (float)(parameters.Self * trials._unit);
            for (var item = 0; item < shares.Length; item++)
            {
                var nearest = trials.PlacedAs(item, shift);
                var sum = 0f;
                for (var at = 0; at < nearest.Items.Length; at++)
                    sum += shares[item][at] * (_all[nearest.Items[at]] + (self * _history[nearest.Items[at]]));
                _all[trials._weights.Items + item] = sum * (float)parameters.Scale;
            }
            if (!trials._split.AllowRepeats)
            {
                foreach (var item in known.ActedOn)
                    _all[item] = 0;
            }
        }

        public double Rank(ReadOnlySpan<float> scores, int[] relevant)
        {
            if (relevant.Length == 0)
                return 0;
            _selector.Reset(Cutoff, floor: 0);
            TopKScan.Offer(scores, _selector);
            var best = _selector.Best();
            for (var rank = 0; rank < best.Length; rank++)
                _ranked[rank] = TopK.IndexOf(best[rank]);
            return RankingMetrics.Of(_ranked.AsSpan(0, best.Length), relevant, Cutoff).Ndcg;
        }

        private void Add(int item, float weight)
        {
            _history[item] = weight;
            var columns = trials._weights.ColumnsOf(item);
            var values = trials._weights.ValuesOf(item);
            for (var at = 0; at < columns.Length; at++)
                _all[columns[at]] += (float)values[at] * weight / trials._weights.Scale;
        }
    }
}
