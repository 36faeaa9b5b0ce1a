using Recommendation.Modeling.Numerics;
using Recommendation.Modeling.Search;
using Recommendation.Modeling.Training;

namespace Recommendation.Modeling.Spectral;

/// <summary>
/// <c>W = D^-β (f(S) + g VVᵀ) D^β</c> with zero diagonal, the K largest of each row; 64 rows at a time. S is symmetric, so the
/// rows are its columns.
/// </summary>
internal sealed class FilteredTrainer
{
    private const int Width = BlockProduct.Width;

    private readonly ItemGraph _graph;
    private readonly LowRank? _lowRank;
    private readonly WeightParameters _parameters;
    private readonly int _neighbours;
    private readonly int _threads;
    private readonly float[] _sources;
    private readonly float[] _targets;

    public FilteredTrainer(ItemGraph graph, LowRank? lowRank, WeightParameters parameters, int neighbours, int threads)
    {
        (_graph, _parameters, _neighbours, _threads) = (graph, parameters, neighbours, threads);
        _lowRank = parameters.LowRankShare > 0 ? lowRank : null;
        (_sources, _targets) = (graph.DegreePowers(-parameters.Beta), graph.DegreePowers(parameters.Beta));
    }

    /// <param name="progress">Told the fraction done.</param>
    /// <param name="cancellationToken">Looked at many times within a block.</param>
    public ItemWeights Train(Action<double> progress, CancellationToken cancellationToken)
    {
        var rows = new RowStore(_targets.Length, Width);
        var done = 0;
        var options = new ParallelOptions { MaxDegreeOfParallelism = _threads, CancellationToken = cancellationToken };
        Parallel.For(0, rows.Blocks, options, () => new Worker(this), (block, _, worker) =>
        {
            worker.Make(block, rows, cancellationToken);
            lock (rows)
                progress((double)++done / rows.Blocks);
            return worker;
        }, _ => { });
        return rows.ToWeights();
    }

    /// <summary>The working memory of one thread.</summary>
    private sealed class Worker
    {
        private readonly FilteredTrainer _trainer;
        private readonly int _neighbours;
        private readonly float _share;
        private readonly FilterBlock _block;
        private readonly float[] _filtered;
        private readonly float[] _lowRank;
        private readonly TopSelector _selector = new();
        private readonly int[] _columns;
        private readonly float[] _values;

        public Worker(FilteredTrainer trainer)
        {
            _trainer = trainer;
            _neighbours = trainer._neighbours;
            _share = trainer._lowRank is null ? 0 : (float)trainer._parameters.LowRankShare;
            _block = new(trainer._graph, trainer._lowRank, [GraphFilter.Coefficients(trainer._parameters.Flatness)]);
            _filtered = new float[trainer._targets.Length * Width];
            _lowRank = new float[_block.LowRank.Length];
            (_columns, _values) = (new int[_neighbours], new float[_neighbours]);
        }

        public void Make(int block, RowStore rows, CancellationToken cancellationToken)
        {
            var items = _trainer._targets.Length;
            var from = block * Width;
            _block.Reset();
            for (var item = from; item < Math.Min(items, from + Width); item++)
                _block.Add(item - from, item, _trainer._sources[item]);
            _block.Apply(cancellationToken);
            BlockRows.Transpose(_block.Filtered[0], _filtered);
            BlockRows.Transpose(_block.LowRank, _lowRank);
            for (var item = from; item < Math.Min(items, from + Width); item++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                rows.Add(block, Select(item, item - from, items), _columns, _values);
            }
        }

        private int Select(int item, int row, int items)
        {
            var filtered = _filtered.AsSpan(row * items, items);
            filtered[item] = float.NegativeInfinity;
            _selector.Reset(_neighbours, floor: 0);
            Selection.Offer(filtered, _share == 0 ? [] : _lowRank.AsSpan(row * items, items), _share, _trainer._targets, _selector);
            return _selector.CopyByIndex(_columns, _values);
        }
    }
}
