using System.Numerics.Tensors;
using Recommendation.Modeling.Linear;
using Recommendation.Modeling.Trainers.Transitions;

namespace Recommendation.Modeling.RowBlocks;

/// <summary>The rows of <see cref="TransitionCounts"/>, from sequences in a file.</summary>
/// <param name="sequences">The sequences of all users.</param>
/// <param name="counts">By item, how often it occurs in them.</param>
/// <param name="exponents">a and c.</param>
/// <param name="neighbours">K: the maximum number of entries in a row.</param>
internal sealed class TransitionRows(
    ChunkFile<int> sequences, long[] counts, TransitionExponents exponents, int neighbours)
{
    private readonly float[] _sources = TransitionCounts.Powers(counts, -exponents.Source);
    private readonly float[] _targets = TransitionCounts.Powers(counts, -exponents.Target);

    /// <summary>How often each item occurs in sequences.</summary>
    public static long[] Counts(ChunkFile<int> sequences, int items, CancellationToken cancellationToken)
    {
        var counts = new long[items];
        foreach (var chunk in sequences.Read(cancellationToken))
        {
            foreach (var item in chunk.First.AsSpan(0, chunk.Offsets[^1]))
                counts[item]++;
        }
        return counts;
    }

    public RowBlock Make(
        int from, int to, RowPanels panels, Action<double> progress, CancellationToken cancellationToken)
    {
        using var closest = new ThreadLocal<Dictionary<int, float>>(() => []);
        return panels.Make(
            [.. Enumerable.Range(from, to - from)], from, neighbours,
            items => Pass(items, closest, cancellationToken), () => new Finisher(this), progress, cancellationToken);
    }

    private IEnumerable<Action<int, Accumulator>> Pass(
        int[] items, ThreadLocal<Dictionary<int, float>> closest, CancellationToken cancellationToken)
    {
        var panel = new ColumnPlaces(items);
        foreach (var chunk in sequences.Read(cancellationToken))
        {
            var part = new TransitionCounts(counts.Length, new(chunk.Offsets, chunk.First, chunk.Second), panel);
            yield return (place, sums) => part.AddRow(items[place], place, sums, closest.Value!);
        }
    }

    private sealed class Finisher(TransitionRows rows) : RowFinisher
    {
        private readonly RowCut _cut = new(rows.Neighbours);

        public override void Finish(
            ReadOnlySpan<int> items, ReadOnlySpan<Accumulator> sums, Span<(int[] Columns, float[] Values)> finished)
        {
            for (var row = 0; row < items.Length; row++)
            {
                sums[row].Scale(rows._targets);
                sums[row].Set(items[row], 0);
                finished[row] = _cut.Of(sums[row], rows._sources[items[row]]);
            }
        }
    }

    private int Neighbours => neighbours;
}

/// <summary>Keeps the largest positive values of rows. Reuses its memory.</summary>
internal sealed class RowCut(int neighbours)
{
    private readonly TopK _selector = new();
    private readonly int[] _columns = new int[neighbours];
    private readonly float[] _values = new float[neighbours];

    /// <param name="sums">The row.</param>
    /// <param name="factor">What the kept values are multiplied with.</param>
    public (int[] Columns, float[] Values) Of(Accumulator sums, float factor)
    {
        _selector.Reset(neighbours, floor: 0);
        sums.OfferTo(_selector);
        return Chosen(factor);
    }

    /// <summary>The largest of <c>(a + share · b) · factors</c>, times a factor.</summary>
    public (int[] Columns, float[] Values) Of(
        ReadOnlySpan<float> a, ReadOnlySpan<float> b, float share, ReadOnlySpan<float> factors, float factor)
    {
        _selector.Reset(neighbours, floor: 0);
        TopKScan.Offer(a, b, share, factors, _selector);
        return Chosen(factor);
    }

    /// <summary>The largest values.</summary>
    public (int[] Columns, float[] Values) Of(ReadOnlySpan<float> values)
    {
        _selector.Reset(neighbours, floor: 0);
        TopKScan.Offer(values, _selector);
        return Chosen(1);
    }

    private (int[] Columns, float[] Values) Chosen(float factor)
    {
        var count = _selector.CopyByIndex(_columns, _values);
        var values = _values[..count];
        TensorPrimitives.Multiply(values, factor, values);
        return (_columns[..count], values);
    }
}
