using Recommendation.Modeling.Data;
using Recommendation.Modeling.Linear;
using Recommendation.Modeling.Trainers.GraphFilter;

namespace Recommendation.Modeling.Selection;

/// <summary>
/// Tries every combination of β, filter and g on the users of a validation split, by NDCG@20. It computes no weights:
/// it filters a user's history once per β, and a combination is then a sum of two rows. So it measures weights without
/// a limit on neighbours.
/// </summary>
internal sealed class GraphFilterGridSearch
{
    private const int Width = BlockProduct.Width;

    private readonly ValidationSplit _split;
    private readonly ItemGraph _graph;
    private readonly LowRank? _lowRank;
    private readonly GraphFilterGrid _grid;
    private readonly double[][] _filters;

    public GraphFilterGridSearch(ValidationSplit split, ItemGraph graph, LowRank? lowRank, GraphFilterGrid grid)
    {
        (_split, _graph, _lowRank) = (split, graph, lowRank);
        _grid = lowRank is null ? grid with { LowRankShare = [0] } : grid;
        _filters = Array.ConvertAll(grid.Flatness, ChebyshevFilter.Coefficients);
    }

    /// <param name="users">The number of users to measure, spread evenly over the split.</param>
    /// <param name="threads">The maximum number of threads. The result does not depend on it.</param>
    /// <param name="progress">Receives the completed fraction.</param>
    /// <param name="cancellationToken">Cancels the search.</param>
    /// <returns>NDCG@20 by combination, in the order of the grid.</returns>
    public List<(GraphFilterParameters Parameters, double Ndcg)> Run(
        int users,
        int threads,
        Action<double> progress,
        CancellationToken cancellationToken
    )
    {
        var results = new List<(GraphFilterParameters, double)>();
        var options = new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellationToken };
        var scores = new double[Math.Min(users, _split.Users.Length)][];
        var batches = (scores.Length + Width - 1) / Width;
        foreach (var (place, beta) in _grid.Beta.Index())
        {
            Parallel.For(0, batches, options, () => new Worker(this, beta), (batch, _, worker) =>
            {
                worker.Score(batch * Width, Math.Min(scores.Length, (batch + 1) * Width), scores, cancellationToken);
                return worker;
            }, _ => { });
            results.AddRange(_grid.Combinations(_graph.UserExponent, beta)
                .Select((parameters, combination) => (parameters, scores.Average(user => user[combination]))));
            progress((place + 1d) / _grid.Beta.Length);
        }
        return results;
    }

    /// <summary>The working memory of one thread.</summary>
    private sealed class Worker
    {
        private readonly GraphFilterGridSearch _search;
        private readonly float[] _sources;
        private readonly float[] _targets;
        private readonly FilterBlock _block;
        private readonly float[] _filtered;
        private readonly float[] _lowRank;
        private readonly HeldOutRanking _list;

        public Worker(GraphFilterGridSearch search, double beta)
        {
            _search = search;
            _list = new(search._split);
            (_sources, _targets) = (search._graph.DegreePowers(-beta), search._graph.DegreePowers(beta));
            _block = new FilterBlock(search._graph, search._lowRank, search._filters);
            _filtered = new float[_targets.Length * Width];
            _lowRank = new float[_block.LowRank.Length];
        }

        public void Score(int from, int to, double[][] scores, CancellationToken cancellationToken)
        {
            _block.Reset();
            for (var place = from; place < to; place++)
            {
                Load(place - from, _search._split.Users[_search._split.UserAt(place, scores.Length)]);
                scores[place] = new double[_search._filters.Length * _search._grid.LowRankShare.Length];
            }
            _block.Apply(cancellationToken);
            BlockRows.Transpose(_block.LowRank, _lowRank);
            for (var filter = 0; filter < _search._filters.Length; filter++)
            {
                BlockRows.Transpose(_block.Filtered[filter], _filtered);
                for (var place = from; place < to; place++)
                    ScoreUser(
                        _search._split.UserAt(place, scores.Length),
                        place - from,
                        scores[place].AsSpan(filter * _search._grid.LowRankShare.Length)
                    );
            }
        }

        private void Load(int column, int user)
        {
            var matrix = _search._split.Remaining.Matrix;
            for (var entry = matrix.Offsets[user]; entry < matrix.Offsets[user + 1]; entry++)
                _block.Add(column, matrix.Indices[entry], matrix.Values[entry] * _sources[matrix.Indices[entry]]);
        }

        private void ScoreUser(int place, int column, Span<double> scores)
        {
            var filtered = _filtered.AsSpan(column * _targets.Length, _targets.Length);
            foreach (ref readonly var one in _search._split.Remaining.Events.Of(_search._split.Users[place]))
                filtered[one.Item] = float.NegativeInfinity;
            var lowRank = _lowRank.Length == 0 ? [] : _lowRank.AsSpan(column * _targets.Length, _targets.Length);
            foreach (var (share, value) in _search._grid.LowRankShare.Index())
            {
                _list.Begin();
                TopKScan.Offer(filtered, lowRank, (float)value, _targets, _list.Selector);
                scores[share] = _list.Ndcg(place);
            }
        }
    }
}
