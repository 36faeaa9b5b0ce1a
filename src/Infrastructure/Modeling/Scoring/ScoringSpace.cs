using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Recommendation.Modeling.Artefacts;
using Recommendation.Modeling.Linear;

namespace Recommendation.Modeling.Scoring;

/// <summary>The working memory of scoring a user; for one thread at a time.</summary>
/// <param name="model">What is scored with.</param>
/// <param name="filters">Whether <see cref="Hits"/> looks through a <see cref="ColumnFilter"/>.</param>
internal sealed class ScoringSpace(ItemModel model, bool filters)
{
    /// <summary>Up to so many answers are looked for one by one in each row, where no filter is used.</summary>
    public const int FewAnswers = 24;

    private float[] _row = new float[512];
    private int[] _hits = new int[512];
    private readonly int[] _sought = new int[FewAnswers];
    private readonly ColumnFilter _filter = new();

    public Accumulator Sums { get; } = new(model.Items.Length);

    public TopK Selector { get; } = new();

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

    /// <summary>
    /// The places of the columns that are in the answer. Without a branch, because a branch here cannot be predicted,
    /// and the mispredictions cost as much again.
    /// </summary>
    public ReadOnlySpan<int> Hits(ReadOnlySpan<int> columns)
    {
        if (_hits.Length < columns.Length + Vector512<int>.Count)
            _hits = new int[columns.Length + Vector512<int>.Count];
        var candidates = filters ? _filter.Passing(columns, _hits) : columns.Length;
        ref var places = ref MemoryMarshal.GetArrayDataReference(Places);
        ref var hits = ref MemoryMarshal.GetArrayDataReference(_hits);
        ref var column = ref MemoryMarshal.GetReference(columns);
        var count = 0;
        for (var candidate = 0; candidate < candidates; candidate++)
        {
            // unchecked: columns are within range once a model is loaded, and there are never more hits than columns
            var at = filters ? Unsafe.Add(ref hits, candidate) : candidate;
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
