using Recommendation.Modeling.Linear;

namespace Recommendation.Modeling.Trainers.GraphFilter;

/// <summary>
/// <c>W = D^-β (f(S) + g VVᵀ) D^β</c> with a zero diagonal, the K largest of each row, 64 rows at a time. S is
/// symmetric, so the rows are its columns. Several filters and shares cost little more than one, because they share the
/// powers of S.
/// </summary>
internal sealed class GraphFilterRows
{
    private const int Width = BlockProduct.Width;

    private readonly ItemGraph _graph;
    private readonly LowRank? _lowRank;
    private readonly GraphFilterParameters[] _parameters;
    private readonly int _neighbours;
    private readonly int _threads;
    private readonly float[] _sources;
    private readonly float[] _targets;

    /// <param name="graph">The graph that defines S.</param>
    /// <param name="lowRank">V; null for none.</param>
    /// <param name="parameters">What to make; at least one, all with the same β.</param>
    /// <param name="neighbours">K: the maximum number of entries in a row.</param>
    /// <param name="threads">The maximum number of threads. The result does not depend on it.</param>
    public GraphFilterRows(
        ItemGraph graph,
        LowRank? lowRank,
        GraphFilterParameters[] parameters,
        int neighbours,
        int threads
    )
    {
        (_graph, _parameters, _neighbours, _threads) = (graph, parameters, neighbours, threads);
        _lowRank = parameters.Any(one => one.LowRankShare > 0) ? lowRank : null;
        (_sources, _targets) = (graph.DegreePowers(-parameters[0].Beta), graph.DegreePowers(parameters[0].Beta));
    }

    /// <summary>Makes all rows with the first parameters.</summary>
    /// <param name="progress">Receives the completed fraction.</param>
    /// <param name="cancellationToken">Checked many times within a block.</param>
    public ItemWeights Make(Action<double> progress, CancellationToken cancellationToken) =>
        MakeSome([.. Enumerable.Range(0, _targets.Length)], progress, cancellationToken)[0];

    /// <summary>Makes only the rows of some items, in their order.</summary>
    /// <param name="items">The items.</param>
    /// <param name="progress">Receives the completed fraction.</param>
    /// <param name="cancellationToken">Checked many times within a block.</param>
    /// <returns>The rows by parameters.</returns>
    public ItemWeights[] MakeSome(int[] items, Action<double> progress, CancellationToken cancellationToken)
    {
        var rows = Array.ConvertAll(_parameters, _ => new RowStore(items.Length, Width));
        var done = 0;
        var options = new ParallelOptions { MaxDegreeOfParallelism = _threads, CancellationToken = cancellationToken };
        Parallel.For(
            0,
            rows[0].Blocks,
            options,
            () => new Worker(this),
            (block, _, worker) =>
            {
                worker.Make(
                    items.AsSpan(block * Width, Math.Min(Width, items.Length - (block * Width))),
                    block,
                    rows,
                    cancellationToken
                );
                lock (rows)
                    progress((double)++done / rows[0].Blocks);
                return worker;
            },
            _ => { }
        );
        return Array.ConvertAll(rows, one => one.ToWeights());
    }

    /// <summary>The working memory of one thread.</summary>
    private sealed class Worker
    {
        private readonly GraphFilterRows _trainer;
        private readonly FilterBlock _block;
        private readonly float[] _filtered;
        private readonly float[] _lowRank;
        private readonly TopK _selector = new();
        private readonly int[] _columns;
        private readonly float[] _values;

        public Worker(GraphFilterRows trainer)
        {
            _trainer = trainer;
            _block = new(
                trainer._graph,
                trainer._lowRank,
                Array.ConvertAll(trainer._parameters, one => ChebyshevFilter.Coefficients(one.Flatness))
            );
            _filtered = new float[trainer._targets.Length * Width];
            _lowRank = new float[_block.LowRank.Length];
            (_columns, _values) = (new int[trainer._neighbours], new float[trainer._neighbours]);
        }

        public void Make(ReadOnlySpan<int> items, int block, RowStore[] rows, CancellationToken cancellationToken)
        {
            _block.Reset();
            for (var column = 0; column < items.Length; column++)
                _block.Add(column, items[column], _trainer._sources[items[column]]);
            _block.Apply(cancellationToken);
            BlockRows.Transpose(_block.LowRank, _lowRank);
            for (var filter = 0; filter < rows.Length; filter++)
            {
                BlockRows.Transpose(_block.Filtered[filter], _filtered);
                for (var row = 0; row < items.Length; row++)
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    rows[filter]
                        .Add(
                            block,
                            Select(items[row], row, (float)_trainer._parameters[filter].LowRankShare),
                            _columns,
                            _values
                        );
                }
            }
        }

        private int Select(int item, int row, float share)
        {
            var items = _trainer._targets.Length;
            var filtered = _filtered.AsSpan(row * items, items);
            filtered[item] = float.NegativeInfinity;
            _selector.Reset(_trainer._neighbours, floor: 0);
            TopKScan.Offer(
                filtered,
                share == 0 ? [] : _lowRank.AsSpan(row * items, items),
                share,
                _trainer._targets,
                _selector
            );
            return _selector.CopyByIndex(_columns, _values);
        }
    }
}
