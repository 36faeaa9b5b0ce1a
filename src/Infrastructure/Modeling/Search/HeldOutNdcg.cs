using Recommendation.Modeling.Evaluation;
using Recommendation.Modeling.Numerics;
using Recommendation.Modeling.Scoring;
using Recommendation.Modeling.Training;

namespace Recommendation.Modeling.Search;

/// <summary>NDCG@20 of finished weights on what a validation split holds out.</summary>
internal sealed class HeldOutNdcg(ValidationSplit split)
{
    private const int Cutoff = 20;

    private readonly Accumulator _sums = new(split.Remaining.Matrix.Columns);
    private readonly TopSelector _selector = new();

    /// <param name="users">How many of the split's users to look at, chosen evenly.</param>
    /// <param name="rows">Weights.</param>
    /// <param name="rowOf">Which row is an item's.</param>
    /// <param name="recency">How older items of a history count.</param>
    /// <param name="cancellationToken">Looked at before each user.</param>
    public double Average(int users, ItemWeights rows, Func<int, int> rowOf, Recency recency, CancellationToken cancellationToken)
    {
        users = Math.Min(users, split.Users.Length);
        var sum = 0d;
        for (var place = 0; place < users; place++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            sum += Of(split.UserAt(place, users), rows, rowOf, recency);
        }
        return users == 0 ? 0 : sum / users;
    }

    private double Of(int place, ItemWeights rows, Func<int, int> rowOf, Recency recency)
    {
        var (matrix, times, _) = split.Remaining;
        var start = matrix.Offsets[split.Users[place]];
        var history = matrix.IndicesOf(split.Users[place]);
        for (var position = 0; position < history.Length; position++)
        {
            var row = rowOf(history[position]);
            var weight = matrix.Values[start + position] * recency.Of(position, times[start] - times[start + position]);
            var values = Array.ConvertAll(rows.ValuesOf(row).ToArray(), value => (float)value);
            _sums.Add(rows.ColumnsOf(row), values, (float)weight / rows.Scale);
        }
        foreach (var item in history)
            _sums.Set(item, 0);
        _selector.Reset(Cutoff, floor: 0);
        _sums.OfferTo(_selector);
        _sums.Clear();
        var ranked = Array.ConvertAll(_selector.Best().ToArray(), TopSelector.IndexOf);
        return RankingMetrics.Of(ranked, split.HeldOut[place], Cutoff).Ndcg;
    }
}
