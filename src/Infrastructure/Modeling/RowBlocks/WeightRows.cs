using Recommendation.Modeling.Linear;
using Recommendation.Modeling.Trainers;
using Recommendation.Modeling.Trainers.GraphFilter;
using Recommendation.Modeling.Trainers.SampledSoftmax;

namespace Recommendation.Modeling.RowBlocks;

/// <summary>
/// The rows of <c>W = D^-β (S + g VVᵀ) D^β</c>, sharpened, and with learned factors added: what
/// <see cref="Trainers.Cooccurrence.CooccurrenceTrainer"/> and <see cref="SampledSoftmaxTrainer"/> make in memory. A
/// row depends on the histories and on arrays by item only, so any range of items can be made alone.
/// </summary>
internal sealed class WeightRows
{
    private readonly FoldedHistories _histories;
    private readonly GraphFilterParameters _parameters;
    private readonly LowRank? _lowRank;
    private readonly RowFactors? _factors;
    private readonly int _neighbours;
    private readonly float[] _sources;
    private readonly float[] _targets;
    private readonly float[] _roots;
    private readonly double _square;

    /// <param name="histories">The histories.</param>
    /// <param name="greatest">The scale of the graph; see <see cref="StreamedGraph.Greatest"/>.</param>
    /// <param name="parameters">The parameters of the filter, with a flatness of 1.</param>
    /// <param name="lowRank">V; null for none.</param>
    /// <param name="factors">What is added to the rows; null for nothing.</param>
    /// <param name="neighbours">K: the maximum number of entries in a row.</param>
    public WeightRows(
        FoldedHistories histories,
        float greatest,
        GraphFilterParameters parameters,
        LowRank? lowRank,
        RowFactors? factors,
        int neighbours
    )
    {
        (_histories, _parameters, _factors, _neighbours) = (histories, parameters, factors, neighbours);
        _lowRank = parameters.LowRankShare > 0 ? lowRank : null;
        _roots = Array.ConvertAll(ItemGraph.Powers(histories.Degrees, -0.5), root => (float)root);
        _square = (double)greatest * greatest;
        // Without the graph, S has a factor of each of its items left, d^-½.
        var power = parameters.IsPlain ? -0.5 : 0;
        (_sources, _targets) = (Powers(-parameters.Beta, power), Powers(parameters.Beta, power));
    }

    /// <param name="rows">Whose rows.</param>
    /// <param name="from">The number of the first row of the block.</param>
    /// <param name="panels">How to make them.</param>
    /// <param name="progress">Receives the completed fraction.</param>
    /// <param name="cancellationToken">Cancels the work.</param>
    public RowBlock Make(
        int[] rows, int from, RowPanels panels, Action<double> progress, CancellationToken cancellationToken) =>
        panels.Make(
            rows, from, _neighbours, items => Pass(items, cancellationToken), () => new Finisher(this), progress,
            cancellationToken);

    private IEnumerable<Action<int, Accumulator>> Pass(int[] items, CancellationToken cancellationToken)
    {
        var panel = new ColumnPlaces(items);
        foreach (var chunk in _histories.Chunks(cancellationToken))
        {
            var gram = new PanelGram(chunk, panel, PerUser);
            // Without the graph, the factors of the items are among those of sources and targets.
            yield return (place, sums) => gram.AddRow(place, sums, _parameters.IsPlain ? 1 : _roots[items[place]]);
        }
    }

    private float PerUser(double sum) => sum <= 0 ? 0
        : _parameters.IsPlain ? (float)(1 / sum) : (float)(Math.Pow(sum, -_parameters.UserExponent) / _square);

    private float[] Powers(double exponent, double root) => Array.ConvertAll(_histories.Degrees, degree => degree > 0
        ? (float)(Math.Pow(degree, exponent) * (root == 0 ? 1 : (float)(1 / Math.Sqrt(degree)))) : 0);

    /// <summary>The working memory of one thread.</summary>
    private sealed class Finisher(WeightRows rows) : RowFinisher
    {
        private const int Width = BlockProduct.Width;

        private readonly RowCut _cut =
            new((rows._factors is null ? 1 : FactorRows.LengthBefore) * rows._neighbours);
        private readonly float[] _projected = new float[(rows._lowRank?.Rank ?? 0) * Width];
        private readonly float[] _block = new float[rows._lowRank is null ? 0 : rows._targets.Length * Width];
        private readonly float[] _lowRank = new float[rows._lowRank is null ? 0 : rows._targets.Length * Width];
        private readonly RowFactors.Adder? _adder = rows._factors?.NewAdder(rows._neighbours);

        public override void Finish(
            ReadOnlySpan<int> items, ReadOnlySpan<Accumulator> sums, Span<(int[] Columns, float[] Values)> finished)
        {
            Project(items);
            for (var row = 0; row < items.Length; row++)
            {
                finished[row] = Cut(items[row], row, sums[row]);
                Sharpening.Sharpen(
                    finished[row].Values, (float)rows._parameters.Sharpness, (float)rows._parameters.RowNormExponent);
            }
            _adder?.Add(items, finished);
        }

        private (int[] Columns, float[] Values) Cut(int item, int row, Accumulator sums)
        {
            sums.Set(item, 0);
            if (!rows._parameters.IsPlain)
                sums.Scale(rows._roots);
            if (rows._lowRank is null)
            {
                sums.Scale(rows._targets);
                return _cut.Of(sums, rows._sources[item]);
            }
            var own = _lowRank.AsSpan(row * rows._targets.Length, rows._targets.Length);
            own[item] = 0;
            return _cut.Of(sums.Values, own, (float)rows._parameters.LowRankShare, rows._targets, rows._sources[item]);
        }

        /// <summary>The rows of VVᵀ of up to 64 items.</summary>
        private void Project(ReadOnlySpan<int> items)
        {
            if (rows._lowRank is not { } lowRank)
                return;
            Array.Clear(_projected);
            for (var column = 0; column < items.Length; column++)
            {
                var own = lowRank.RowOf(items[column]);
                for (var k = 0; k < own.Length; k++)
                    _projected[(k * Width) + column] = own[k];
            }
            BlockProduct.MultiplyDense(lowRank.Values, lowRank.Rank, _projected, _block);
            BlockRows.Transpose(_block, _lowRank);
        }
    }
}
