using System.Collections.Concurrent;
using Recommendation.Modeling.Artefacts;
using Recommendation.Modeling.Data;
using Recommendation.Modeling.Linear;

namespace Recommendation.Modeling.Scoring;

/// <summary>
/// <c>s_j = Σ_h q_h · (W_hj + ρ [h = j])</c> over a history. Items with a positive score are recommended. Their reasons
/// are the history items with the largest contributions. Thread-safe; working memory is pooled.
/// </summary>
/// <param name="model">What to score with.</param>
/// <param name="filters">Whether the answers are found in the rows with a <see cref="ColumnFilter"/>.</param>
internal sealed class ItemScorer(ItemModel model, bool filters)
{
    /// <summary>
    /// With fewer items per entry of the history's rows, recording the touched blocks costs more than it saves.
    /// </summary>
    private const int MaxTouched = 16;

    private readonly ConcurrentBag<ScoringSpace> _pool = [];

    /// <param name="model">What to score with.</param>
    public ItemScorer(ItemModel model)
        : this(model, ColumnFilter.IsFast)
    {
    }

    /// <param name="history">Each item once.</param>
    /// <param name="masked">Items that must not be in the answer.</param>
    /// <param name="answer">Takes the best items, greatest score first, ties by item number; as many as it is long, and
    /// 65,535, at most.</param>
    /// <returns>How many items there are in the answer.</returns>
    public int Score(ReadOnlySpan<HistoryItem> history, ReadOnlySpan<int> masked, Span<ScoredItem> answer) =>
        Score(history, masked, answer, [], isAnyWanted: true);

    /// <inheritdoc cref="Score(ReadOnlySpan{HistoryItem}, ReadOnlySpan{int}, Span{ScoredItem})"/>
    /// <param name="history">Each item once.</param>
    /// <param name="masked">Items that must not be in the answer.</param>
    /// <param name="answer">Takes the best items.</param>
    /// <param name="among">The only items that may be in the answer, ascending.</param>
    public int Score(
        ReadOnlySpan<HistoryItem> history, ReadOnlySpan<int> masked, Span<ScoredItem> answer,
        ReadOnlySpan<int> among) =>
        Score(history, masked, answer, among, isAnyWanted: false);

    private int Score(
        ReadOnlySpan<HistoryItem> history, ReadOnlySpan<int> masked, Span<ScoredItem> answer, ReadOnlySpan<int> among,
        bool isAnyWanted)
    {
        if (answer.IsEmpty || history.IsEmpty)
            return 0;
        answer = answer[..Math.Min(answer.Length, ushort.MaxValue)];
        if (!_pool.TryTake(out var space))
            space = new ScoringSpace(model, filters);
        try
        {
            var most = Accumulate(history, space);
            foreach (var item in masked)
                space.Sums.Set(item, 0);
            var reached = most && isAnyWanted ? space.Sums.ReachedBy(answer.Length) : 0;
            space.Selector.Reset(answer.Length, floor: reached > 0 ? MathF.BitDecrement(reached) : 0);
            if (isAnyWanted)
                space.Sums.OfferTo(space.Selector);
            foreach (var item in among)
                space.Selector.Offer(space.Sums[item], item);
            var best = space.Selector.Best();
            Place(best, space.Places, answer);
            if (!best.IsEmpty)
                Explain(history, space, answer, best.Length);
            foreach (var key in best)
                space.Places[TopK.IndexOf(key)] = 0;
            return best.Length;
        }
        finally
        {
            space.Sums.Clear();
            _pool.Add(space);
        }
    }

    /// <returns>Whether most of the columns may have been touched.</returns>
    private bool Accumulate(ReadOnlySpan<HistoryItem> history, ScoringSpace space)
    {
        var weights = model.Weights;
        var entries = 0L;
        foreach (var (item, _) in history)
            entries += weights.ColumnsOf(item).Length;
        var most = entries * MaxTouched > model.Items.Length;
        Ask(history[0].Item);
        for (var place = 0; place < history.Length; place++)
        {
            var (item, weight) = history[place];
            if (place + 1 < history.Length)
                Ask(history[place + 1].Item);
            var values = space.Row(weights.ValuesOf(item));
            if (most)
                space.Sums.AddUnmarked(weights.ColumnsOf(item), values, weight / weights.Scale);
            else
                space.Sums.Add(weights.ColumnsOf(item), values, weight / weights.Scale);
        }
        if (most)
            space.Sums.MarkAll();
        if (model.Scoring.RepeatBonus is not 0 and var bonus)
        {
            foreach (var (item, weight) in history)
                space.Sums.Add(item, weight * (float)bonus);
        }
        return most;

        void Ask(int item)
        {
            Prefetch.Of(weights.ColumnsOf(item));
            Prefetch.Of(weights.ValuesOf(item));
        }
    }

    private static void Place(ReadOnlySpan<ulong> best, ushort[] places, Span<ScoredItem> answer)
    {
        for (var place = 0; place < best.Length; place++)
        {
            var item = TopK.IndexOf(best[place]);
            answer[place] = new ScoredItem { Item = item, Score = TopK.ValueOf(best[place]) };
            places[item] = (ushort)(place + 1);
        }
    }

    /// <summary>A second pass over the rows, for the answers only.</summary>
    private void Explain(ReadOnlySpan<HistoryItem> history, ScoringSpace space, Span<ScoredItem> answer, int count)
    {
        var weights = model.Weights;
        var bonus = (float)(model.Scoring.RepeatBonus * weights.Scale);
        // Where there is no filter, few are looked for in each row; of more, each entry of a row is
        // looked for among them.
        var search = count <= ScoringSpace.FewAnswers && !filters;
        Span<int> found = stackalloc int[ScoringSpace.FewAnswers];
        var sought = search ? space.Sort(answer[..count]) : [];
        if (!search)
            space.Seek(answer[..count]);
        foreach (var (item, weight) in history)
        {
            if (weight <= 0)
                continue;
            var columns = weights.ColumnsOf(item);
            var values = weights.ValuesOf(item);
            if (search)
            {
                LowerBounds.Of(columns, sought, found);
                for (var i = 0; i < sought.Length; i++)
                {
                    if (found[i] < columns.Length && columns[found[i]] == sought[i])
                        answer[space.Places[sought[i]] - 1].Because.Offer(item, weight * (float)values[found[i]]);
                }
            }
            else
            {
                foreach (var at in space.Hits(columns))
                    answer[space.Places[columns[at]] - 1].Because.Offer(item, weight * (float)values[at]);
            }
            if (bonus > 0 && space.Places[item] is > 0 and var place)
                answer[place - 1].Because.Offer(item, weight * bonus);
        }
    }
}
