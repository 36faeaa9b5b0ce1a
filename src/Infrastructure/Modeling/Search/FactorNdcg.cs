using System.Numerics.Tensors;
using Recommendation.Modeling.Factors;
using Recommendation.Modeling.Numerics;
using Recommendation.Modeling.Scoring;

namespace Recommendation.Modeling.Search;

/// <summary>
/// NDCG@20 of weights and learned factors together on what a validation split holds out. A user's history is scored
/// once by either, and a trial is then a sum of two rows.
/// </summary>
/// <param name="split">What is held out.</param>
/// <param name="weights">Makes what scores by weights; each thread has one.</param>
/// <param name="factors">Makes what scores by factors.</param>
/// <param name="threads">How many threads to use; the result does not depend on it.</param>
internal sealed class FactorNdcg(
    ValidationSplit split,
    Func<HistoryScores> weights,
    Func<HistoryScores> factors,
    int threads
)
{
    private const int Width = BlockProduct.Width;

    /// <param name="users">How many of the split's users to look at, chosen evenly.</param>
    /// <param name="trials">What to try.</param>
    /// <param name="progress">Told the fraction done.</param>
    /// <param name="cancellationToken">Looked at before each block of users.</param>
    /// <returns>By trial and user.</returns>
    public double[][] ByTrial(
        int users,
        FactorTrial[] trials,
        Action<double> progress,
        CancellationToken cancellationToken
    )
    {
        users = Math.Min(users, split.Users.Length);
        var results = Array.ConvertAll(trials, _ => new double[users]);
        var blocks = (users + Width - 1) / Width;
        var done = 0;
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellationToken };
        Parallel.For(
            0,
            blocks,
            parallel,
            () => new Worker(split, weights(), factors()),
            (block, _, worker) =>
            {
                int[] places =
                [
                    .. Enumerable
                        .Range(block * Width, Math.Min(Width, users - (block * Width)))
                        .Select(at => split.UserAt(at, users)),
                ];
                worker.Score(places);
                for (var user = 0; user < places.Length; user++)
                    worker.Read(
                        user,
                        places[user],
                        trials,
                        (trial, ndcg) => results[trial][(block * Width) + user] = ndcg
                    );
                lock (results)
                    progress((double)++done / blocks);
                return worker;
            },
            _ => { }
        );
        return results;
    }

    /// <summary>The working memory of one thread.</summary>
    private sealed class Worker(ValidationSplit split, HistoryScores weights, HistoryScores factors)
    {
        private readonly float[] _favoured = new float[split.Remaining.Matrix.Columns];
        private readonly float[] _scores = new float[split.Remaining.Matrix.Columns];
        private readonly HeldOutList _list = new(split);

        public void Score(int[] places)
        {
            weights.Clear();
            factors.Clear();
            var matrix = split.Remaining.Matrix;
            for (var user = 0; user < places.Length; user++)
            {
                var number = split.Users[places[user]];
                for (var entry = matrix.Offsets[number]; entry < matrix.Offsets[number + 1]; entry++)
                {
                    weights.Add(user, matrix.Indices[entry], matrix.Values[entry]);
                    factors.Add(user, matrix.Indices[entry], matrix.Values[entry]);
                }
            }
            weights.Compute();
            factors.Compute();
        }

        public void Read(int user, int place, FactorTrial[] trials, Action<int, double> take)
        {
            float[]? favours = null;
            for (var trial = 0; trial < trials.Length; trial++)
            {
                if (!ReferenceEquals(favours, trials[trial].Favours))
                    TensorPrimitives.Multiply(factors.Of(user), favours = trials[trial].Favours, _favoured);
                TensorPrimitives.MultiplyAdd(_favoured, trials[trial].Factor, weights.Of(user), _scores);
                foreach (ref readonly var one in split.Remaining.Events.Of(split.Users[place]))
                    _scores[one.Item] = 0;
                take(trial, _list.Ndcg(_scores, place));
            }
        }
    }
}

/// <summary>A way to use factors.</summary>
/// <param name="Parameters">What it is called.</param>
/// <param name="Factor">s · c.</param>
/// <param name="Favours">By item; trials with the same ones should follow each other.</param>
internal sealed record FactorTrial(FactorParameters Parameters, float Factor, float[] Favours);
