using System.Numerics.Tensors;
using Recommendation.Modeling.Data;
using Recommendation.Modeling.Linear;

namespace Recommendation.Modeling.Selection;

/// <summary>
/// Measures NDCG@20 of finished weights on a validation split, with histories weighted as in serving.
/// </summary>
internal sealed class HeldOutNdcg(ValidationSplit split, int threads)
{
    // By place in the split; the same users are asked for with many parameters.
    private readonly HeldOutHistory?[] _histories = new HeldOutHistory?[split.Users.Length];

    /// <param name="users">The number of users to measure, spread evenly over the split.</param>
    /// <param name="weights">Weights.</param>
    /// <param name="recency">How older items of a history count.</param>
    /// <param name="cancellationToken">Checked before each user.</param>
    public double Average(int users, ItemWeights weights, Recency recency, CancellationToken cancellationToken) =>
        ByUser(users, weights, null, recency, null, null, [new(0, 0)], cancellationToken)
            .Select(one => one[0])
            .DefaultIfEmpty()
            .Average();

    /// <summary>Measures every mixture of two weights. The scores of each are summed once per user.</summary>
    /// <param name="users">The number of users to measure, spread evenly over the split.</param>
    /// <param name="weights">W.</param>
    /// <param name="transitions">M; null for none.</param>
    /// <param name="recency">How older items of a history count.</param>
    /// <param name="trend">By item, what its score is multiplied with; null for nothing.</param>
    /// <param name="addends">By item, what is added to its weight beside every item of a
    /// history; null for nothing.</param>
    /// <param name="mixtures">μ and ρ.</param>
    /// <param name="cancellationToken">Checked before each user.</param>
    /// <returns>By user and mixture.</returns>
    public double[][] ByUser(
        int users,
        ItemWeights weights,
        ItemWeights? transitions,
        Recency recency,
        float[]? trend,
        float[]? addends,
        Mixture[] mixtures,
        CancellationToken cancellationToken
    )
    {
        var results = new double[Math.Min(users, split.Users.Length)][];
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellationToken };
        Parallel.For(0, results.Length, parallel, () => new Worker(this, weights, transitions), (place, _, worker) =>
        {
            results[place] = worker.Of(split.UserAt(place, results.Length), recency, trend, addends, mixtures);
            return worker;
        }, _ => { });
        return results;
    }

    private ValidationSplit Split => split;

    private HeldOutHistory HistoryAt(int place) =>
        _histories[place] ??= HeldOutHistory.Of(split.Remaining.Events.Of(split.Users[place]));

    private sealed class Worker(HeldOutNdcg heldOut, ItemWeights weights, ItemWeights? transitions)
    {
        private readonly ValidationSplit _split = heldOut.Split;
        private readonly HistoryBuilder _builder = new(heldOut.Split.Remaining.Cap);
        private readonly Accumulator _sums = new(weights.Items);
        private readonly Accumulator? _steps = transitions is null ? null : new(weights.Items);
        private readonly float[] _scores = new float[weights.Items];
        private readonly HeldOutRanking _list = new(heldOut.Split);
        private float[] _row = [];

        public double[] Of(int place, Recency recency, float[]? trend, float[]? addends, Mixture[] mixtures)
        {
            var known = heldOut.HistoryAt(place);
            var history = Read(known, recency);
            Sum(weights, history, _sums);
            if (transitions is not null)
                Sum(transitions, history, _steps!);
            var results = new double[mixtures.Length];
            for (var i = 0; i < mixtures.Length; i++)
                results[i] = Ndcg(history, known.ActedOn, trend, addends, mixtures[i], place);
            _sums.Clear();
            _steps?.Clear();
            return results;
        }

        private ReadOnlySpan<HistoryItem> Read(HeldOutHistory known, Recency recency)
        {
            _builder.Begin();
            foreach (var one in known.Entries)
                _builder.Add(one.Item, one.Weight, recency, one.AgeMilliseconds);
            return _builder.End();
        }

        private void Sum(ItemWeights rows, ReadOnlySpan<HistoryItem> history, Accumulator sums)
        {
            foreach (var (item, weight) in history)
            {
                var values = rows.ValuesOf(item);
                if (_row.Length < values.Length)
                    _row = new float[values.Length];
                TensorPrimitives.ConvertToSingle(values, _row);
                sums.Add(rows.ColumnsOf(item), _row.AsSpan(0, values.Length), weight / rows.Scale);
            }
        }

        private double Ndcg(
            ReadOnlySpan<HistoryItem> history,
            int[] actedOn,
            float[]? trend,
            float[]? addends,
            Mixture mixture,
            int place
        )
        {
            TensorPrimitives.Multiply(_sums.Values, (float)(1 - mixture.Share), _scores);
            if (_steps is not null && mixture.Share > 0)
                TensorPrimitives.MultiplyAdd(_steps.Values, (float)mixture.Share, _scores, _scores);
            if (trend is not null)
                TensorPrimitives.Multiply(_scores, trend, _scores);
            if (addends is not null)
                TensorPrimitives.MultiplyAdd(addends, TotalWeight(history), _scores, _scores);
            if (_split.AllowRepeats)
            {
                foreach (var (item, weight) in history)
                    _scores[item] += (float)mixture.Bonus * weight;
            }
            else
            {
                foreach (var item in actedOn)
                    _scores[item] = 0;
            }
            return _list.Ndcg(_scores, place);
        }

        private static float TotalWeight(ReadOnlySpan<HistoryItem> history)
        {
            var sum = 0f;
            foreach (var (_, weight) in history)
                sum += weight;
            return sum;
        }
    }
}

/// <summary>How scores are combined.</summary>
/// <param name="Share">μ: the share of the transitions.</param>
/// <param name="Bonus">ρ: what an item of the history gets on top, times its weight there.</param>
internal readonly record struct Mixture(double Share, double Bonus);
