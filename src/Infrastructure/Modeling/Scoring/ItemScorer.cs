using System.Collections.Concurrent;
using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Recommendation.Modeling.Artefacts;
using Recommendation.Modeling.Numerics;

namespace Recommendation.Modeling.Scoring;

/// <summary>
/// <c>s_j = Σ_h q_h · (W_hj + ρ [h = j])</c> over a history. An item with a positive score is recommended; its reasons are the history items
/// with the largest contributions. Safe for many threads; working memory is pooled.
/// </summary>
/// <param name="model">What to score with.</param>
/// <param name="canFilter">Whether <see cref="ColumnFilter"/> may be used.</param>
internal sealed class ItemScorer(ItemModel model, bool canFilter)
{
    /// <summary>From so many items per entry of a history's rows on, it pays to remember which were touched.</summary>
    private const int MostTouched = 16;

    /// <summary>Up to so many answers are looked for one by one in each row, where the processor knows nothing better.</summary>
    private const int FewAnswers = 24;

    private readonly ConcurrentBag<Workspace> _pool = [];

    /// <param name="model">What to score with.</param>
    public ItemScorer(ItemModel model)
        : this(model, ColumnFilter.IsSupported)
    {
    }

    /// <param name="history">Each item once.</param>
    /// <param name="masked">Items that must not be in the answer.</param>
    /// <param name="answer">Takes the best items, greatest score first, ties by item number; as many as it is long, and 65,535, at most.</param>
    /// <returns>How many items there are in the answer.</returns>
    public int Score(ReadOnlySpan<HistoryItem> history, ReadOnlySpan<int> masked, Span<ScoredItem> answer)
    {
        if (answer.IsEmpty || history.IsEmpty)
            return 0;
        answer = answer[..Math.Min(answer.Length, ushort.MaxValue)];
        if (!_pool.TryTake(out var space))
            space = new Workspace(model, canFilter);
        try
        {
            var most = Accumulate(history, space);
            foreach (var item in masked)
                space.Sums.Set(item, 0);
            var reached = most ? space.Sums.ReachedBy(answer.Length) : 0;
            space.Selector.Reset(answer.Length, floor: reached > 0 ? MathF.BitDecrement(reached) : 0);
            space.Sums.OfferTo(space.Selector);
            var best = space.Selector.Best();
            Place(best, space.Places, answer);
            if (!best.IsEmpty)
                Explain(history, space, answer, best.Length);
            foreach (var key in best)
                space.Places[TopSelector.IndexOf(key)] = 0;
            return best.Length;
        }
        finally
        {
            space.Sums.Clear();
            _pool.Add(space);
        }
    }

    /// <returns>Whether most of the columns may have been touched.</returns>
    private bool Accumulate(ReadOnlySpan<HistoryItem> history, Workspace space)
    {
        var weights = model.Weights;
        var entries = 0L;
        foreach (var (item, _) in history)
            entries += weights.ColumnsOf(item).Length;
        var most = entries * MostTouched > model.Items.Length;
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
            var item = TopSelector.IndexOf(best[place]);
            answer[place] = new ScoredItem { Item = item, Score = TopSelector.ValueOf(best[place]) };
            places[item] = (ushort)(place + 1);
        }
    }

    /// <summary>A second pass over the rows, for the answers only.</summary>
    private void Explain(ReadOnlySpan<HistoryItem> history, Workspace space, Span<ScoredItem> answer, int count)
    {
        var weights = model.Weights;
        var bonus = (float)(model.Scoring.RepeatBonus * weights.Scale);
        // Where there is no filter, few are looked for in each row; of more, each entry of a row is looked for among them.
        var search = count <= FewAnswers && !canFilter;
        Span<int> found = stackalloc int[FewAnswers];
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

    private sealed class Workspace(ItemModel model, bool canFilter)
    {
        private float[] _row = new float[512];
        private int[] _hits = new int[512];
        private readonly int[] _sought = new int[FewAnswers];
        private readonly ColumnFilter _filter = new();

        public Accumulator Sums { get; } = new(model.Items.Length);

        public TopSelector Selector { get; } = new();

        /// <summary>By item: its place in the answer, from 1; 0 for the others.</summary>
        public ushort[] Places { get; } = new ushort[model.Items.Length];

        /// <summary>The items of the answers, ascending.</summary>
        public ReadOnlySpan<int> Sort(ReadOnlySpan<ScoredItem> answer)
        {
            for (var i = 0; i < answer.Length; i++)
                _sought[i] = answer[i].Item;
            var sought = _sought.AsSpan(0, answer.Length);
            sought.Sort();
            return sought;
        }

        /// <summary>Prepares <see cref="Hits"/>.</summary>
        public void Seek(ReadOnlySpan<ScoredItem> answer)
        {
            _filter.Clear();
            foreach (var one in answer)
                _filter.Add(one.Item);
        }

        /// <summary>Which of the columns are in the answer. Without a branch: whether one is can't be foreseen, and the guesses cost as much again.</summary>
        public ReadOnlySpan<int> Hits(ReadOnlySpan<int> columns)
        {
            if (_hits.Length < columns.Length + Vector512<int>.Count)
                _hits = new int[columns.Length + Vector512<int>.Count];
            var candidates = canFilter ? _filter.Passing(columns, _hits) : columns.Length;
            ref var places = ref MemoryMarshal.GetArrayDataReference(Places);
            ref var hits = ref MemoryMarshal.GetArrayDataReference(_hits);
            ref var column = ref MemoryMarshal.GetReference(columns);
            var count = 0;
            for (var candidate = 0; candidate < candidates; candidate++)
            {
                // unchecked: columns are within range once a model is loaded, and there are never more hits than columns
                var at = canFilter ? Unsafe.Add(ref hits, candidate) : candidate;
                Unsafe.Add(ref hits, count) = at;
                count += (-(int)Unsafe.Add(ref places, Unsafe.Add(ref column, at))) >>> 31;
            }
            return _hits.AsSpan(0, count);
        }

        public ReadOnlySpan<float> Row(ReadOnlySpan<Half> values)
        {
            if (_row.Length < values.Length)
                _row = new float[values.Length];
            TensorPrimitives.ConvertToSingle(values, _row);
            return _row.AsSpan(0, values.Length);
        }
    }
}
