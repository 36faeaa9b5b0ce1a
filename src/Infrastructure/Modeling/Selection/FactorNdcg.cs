using System.Numerics.Tensors;
using Recommendation.Modeling.Data;
using Recommendation.Modeling.Linear;
using Recommendation.Modeling.Trainers;
using Recommendation.Modeling.Trainers.SampledSoftmax;

namespace Recommendation.Modeling.Selection;

/// <summary>
/// Measures NDCG@20 of weights and learned factors together on a validation split. It scores each history once by the
/// weights and once by the factors; a trial is the sum of the two.
/// </summary>
/// <param name="split">The data to validate on.</param>
/// <param name="weights">Makes what scores by weights; each thread has one.</param>
/// <param name="factors">Makes what scores by factors.</param>
/// <param name="threads">The maximum number of threads. The result does not depend on it.</param>
internal sealed class FactorNdcg(
    ValidationSplit split,
    Func<HistoryScores> weights,
    Func<HistoryScores> factors,
    int threads
)
{
    private const int Width = BlockProduct.Width;

    /// <param name="users">The number of users to measure, spread evenly over the split.</param>
    /// <param name="trials">What to try.</param>
    /// <param name="progress">Receives the completed fraction.</param>
    /// <param name="cancellationToken">Checked before each block of users.</param>
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
        private readonly float[] _weighted = new float[split.Remaining.Matrix.Columns];
        private readonly float[] _scores = new float[split.Remaining.Matrix.Columns];
        private readonly HeldOutRanking _list = new(split);

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
            float[]? prior = null;
            for (var trial = 0; trial < trials.Length; trial++)
            {
                if (!ReferenceEquals(prior, trials[trial].Prior))
                    TensorPrimitives.Multiply(factors.Of(user), prior = trials[trial].Prior, _weighted);
                TensorPrimitives.MultiplyAdd(_weighted, trials[trial].Factor, weights.Of(user), _scores);
                foreach (ref readonly var one in split.Remaining.Events.Of(split.Users[place]))
                    _scores[one.Item] = 0;
                take(trial, _list.Ndcg(_scores, place));
            }
        }
    }
}

/// <summary>One way to use the factors.</summary>
/// <param name="Parameters">What it is called.</param>
/// <param name="Factor">s · c.</param>
/// <param name="Prior">By item; trials with the same ones should follow each other.</param>
internal sealed record FactorTrial(FactorParameters Parameters, float Factor, float[] Prior);
