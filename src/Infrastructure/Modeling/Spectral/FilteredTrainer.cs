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
    public ItemWeights Train(Action<double> progress, CancellationToken cancellationToken) =>
        TrainRows([.. Enumerable.Range(0, _targets.Length)], progress, cancellationToken);

    /// <summary>Makes only the rows of some items, in their order.</summary>
    /// <param name="items">The items.</param>
    /// <param name="progress">Told the fraction done.</param>
    /// <param name="cancellationToken">Looked at many times within a block.</param>
    public ItemWeights TrainRows(int[] items, Action<double> progress, CancellationToken cancellationToken)
    {
        var rows = new RowStore(items.Length, Width);
        var done = 0;
        var options = new ParallelOptions { MaxDegreeOfParallelism = _threads, CancellationToken = cancellationToken };
        Parallel.For(0, rows.Blocks, options, () => new Worker(this), (block, _, worker) =>
        {
            worker.Make(items.AsSpan(block * Width, Math.Min(Width, items.Length - (block * Width))), block, rows, cancellationToken);
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

        public void Make(ReadOnlySpan<int> items, int block, RowStore rows, CancellationToken cancellationToken)
        {
            _block.Reset();
            for (var column = 0; column < items.Length; column++)
                _block.Add(column, items[column], _trainer._sources[items[column]]);
            _block.Apply(cancellationToken);
            BlockRows.Transpose(_block.Filtered[0], _filtered);
            BlockRows.Transpose(_block.LowRank, _lowRank);
            for (var row = 0; row < items.Length; row++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                rows.Add(block, Select(items[row], row, _trainer._targets.Length), _columns, _values);
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
