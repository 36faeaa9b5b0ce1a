using System.Numerics.Tensors;
using Recommendation.Modeling.Trainers.SampledSoftmax;

namespace Recommendation.Modeling.RowBlocks;

/// <summary>Learned factors to add to rows. See <see cref="FactorRows"/>.</summary>
/// <param name="Factors">P and T, with the popularity prior.</param>
/// <param name="Factor">What their products are multiplied with: the share times the size of the rows.</param>
internal sealed record RowFactors(ItemFactors Factors, float Factor)
{
    /// <summary>
    /// Factors that learned from a sample of users, for all items. An item without users in the sample has learned
    /// nothing: it gets no factor as a source or as a target.
    /// </summary>
    /// <param name="learned">P and T.</param>
    /// <param name="sampled">By item, its weight in the sample.</param>
    /// <param name="prior">By item; see <see cref="ItemFactors.PopularityPrior"/>.</param>
    public static ItemFactors OfSample(ItemFactors learned, double[] sampled, float[] prior)
    {
        var known = Array.ConvertAll(sampled, degree => degree > 0 ? 1f : 0);
        var masked = new ItemFactors(learned.Targets, learned.Sources).WithPrior(known).Targets;
        return new ItemFactors(masked, learned.Targets).WithPrior([.. prior.Zip(known, (one, has) => one * has)]);
    }

    /// <summary>The working memory of a thread that adds factors to rows.</summary>
    public Adder NewAdder(int neighbours) => new(this, neighbours);

    internal sealed class Adder(RowFactors factors, int neighbours)
    {
        private readonly FactorProducts _products = new(factors.Factors);
        private readonly float[] _sum = new float[factors.Factors.Items];
        private readonly RowCut _cut = new(neighbours);

        /// <summary>Adds the products to rows of up to 64 items and keeps the largest. Empty rows stay empty.</summary>
        public void Add(ReadOnlySpan<int> items, Span<(int[] Columns, float[] Values)> rows)
        {
            _products.Clear();
            for (var row = 0; row < items.Length; row++)
                _products.Add(row, items[row], 1);
            _products.Compute();
            for (var row = 0; row < items.Length; row++)
            {
                var (columns, values) = rows[row];
                if (columns.Length == 0)
                    continue;
                var own = _products.Of(row);
                own[items[row]] = 0;
                TensorPrimitives.Multiply(own, factors.Factor, _sum);
                for (var at = 0; at < columns.Length; at++)
                    _sum[columns[at]] += values[at];
                rows[row] = _cut.Of(_sum);
                if (rows[row].Values.Length == neighbours)
                    FactorRows.Reduce(rows[row].Values);
            }
        }
    }
}
