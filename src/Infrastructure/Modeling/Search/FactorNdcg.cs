using System.Numerics.Tensors;
using Recommendation.Modeling.Evaluation;
using Recommendation.Modeling.Factors;
using Recommendation.Modeling.Numerics;
using Recommendation.Modeling.Training;

namespace Recommendation.Modeling.Search;

/// <summary>
/// NDCG@20 of weights and learned factors together on what a validation split holds out. Rows are not made for this: a user's history goes
/// through the factors once, and a trial is then a sum of two rows.
/// </summary>
/// <param name="split">What is held out.</param>
/// <param name="weights">W; at least the rows of the items that the split's users have.</param>
/// <param name="factors">P and T.</param>
/// <param name="threads">How many threads to use; the result does not depend on it.</param>
internal sealed class FactorNdcg(ValidationSplit split, ItemWeights weights, ItemFactors factors, int threads)
{
    private const int Cutoff = 20;
    private const int Width = BlockProduct.Width;

    /// <param name="users">How many of the split's users to look at, chosen evenly.</param>
    /// <param name="trials">What to try.</param>
    /// <param name="progress">Told the fraction done.</param>
    /// <param name="cancellationToken">Looked at before each block of users.</param>
    /// <returns>By trial and user.</returns>
    public double[][] ByTrial(int users, FactorTrial[] trials, Action<double> progress, CancellationToken cancellationToken)
    {
        users = Math.Min(users, split.Users.Length);
        var results = Array.ConvertAll(trials, _ => new double[users]);
        var blocks = (users + Width - 1) / Width;
        var done = 0;
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellationToken };
        Parallel.For(0, blocks, parallel, () => new Worker(split, weights, factors), (block, _, worker) =>
        {
            var places = Enumerable.Range(block * Width, Math.Min(Width, users - (block * Width))).Select(at => split.UserAt(at, users)).ToArray();
            worker.Multiply(places);
            for (var user = 0; user < places.Length; user++)
                worker.Read(user, places[user], trials, (trial, ndcg) => results[trial][(block * Width) + user] = ndcg);
            lock (results)
                progress((double)++done / blocks);
            return worker;
        }, _ => { });
        return results;
    }

    /// <summary>The working memory of one thread.</summary>
    private sealed class Worker(ValidationSplit split, ItemWeights weights, ItemFactors factors)
    {
        private readonly SparseMatrix _matrix = split.Remaining.Matrix;
        private readonly FactorProducts _products = new(factors);
        private readonly Accumulator _sums = new(weights.Items);
        private readonly float[] _favoured = new float[weights.Items];
        private readonly float[] _scores = new float[weights.Items];
        private readonly TopSelector _selector = new();
        private readonly int[] _ranked = new int[Cutoff];
        private float[] _row = [];

        public void Multiply(int[] places)
        {
            _products.Clear();
            for (var user = 0; user < places.Length; user++)
            {
                foreach (var (item, weight) in History(places[user]))
                    _products.Add(user, item, weight);
            }
            _products.Multiply();
        }

        public void Read(int user, int place, FactorTrial[] trials, Action<int, double> take)
        {
            foreach (var (item, weight) in History(place))
                AddRow(item, weight);
            float[]? favours = null;
            for (var trial = 0; trial < trials.Length; trial++)
            {
                if (!ReferenceEquals(favours, trials[trial].Favours))
                    TensorPrimitives.Multiply(_products.Of(user), favours = trials[trial].Favours, _favoured);
                TensorPrimitives.MultiplyAdd(_favoured, trials[trial].Factor, _sums.Values, _scores);
                take(trial, Ndcg(place));
            }
            _sums.Clear();
        }

        private void AddRow(int item, float weight)
        {
            var values = weights.ValuesOf(item);
            if (_row.Length < values.Length)
                _row = new float[values.Length];
            TensorPrimitives.ConvertToSingle(values, _row);
            _sums.Add(weights.ColumnsOf(item), _row.AsSpan(0, values.Length), weight / weights.Scale);
        }

        private double Ndcg(int place)
        {
            foreach (var item in _matrix.IndicesOf(split.Users[place]))
                _scores[item] = 0;
            _selector.Reset(Cutoff, floor: 0);
            Selection.Offer(_scores, _selector);
            var best = _selector.Best();
            for (var rank = 0; rank < best.Length; rank++)
                _ranked[rank] = TopSelector.IndexOf(best[rank]);
            return RankingMetrics.Of(_ranked.AsSpan(0, best.Length), split.HeldOut[place], Cutoff).Ndcg;
        }

        private IEnumerable<(int Item, float Weight)> History(int place)
        {
            var user = split.Users[place];
            for (var entry = _matrix.Offsets[user]; entry < _matrix.Offsets[user + 1]; entry++)
                yield return (_matrix.Indices[entry], _matrix.Values[entry]);
        }
    }
}

/// <summary>A way to use factors.</summary>
/// <param name="Factor">s · c.</param>
/// <param name="Favours">By item; trials with the same ones should follow each other.</param>
internal sealed record FactorTrial(float Factor, float[] Favours);
