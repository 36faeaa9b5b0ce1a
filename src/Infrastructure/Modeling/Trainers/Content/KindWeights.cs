using Recommendation.Domain;
using Recommendation.Modeling.Linear;

namespace Recommendation.Modeling.Trainers.Content;

/// <summary>
/// Learns how much each kind of attribute says: the similarities of items by each kind predict how often the items
/// occur together (cosine), by ridge regression. One half of the items is fitted, the other half selects the ridge and
/// says whether content predicts anything. Rows are centred, so that a kind in which items agree by chance gets
/// nothing.
/// </summary>
/// <param name="histories">Users × items of <paramref name="numbers"/>.</param>
/// <param name="postings">The items with interactions.</param>
/// <param name="numbers">By column of the histories, the item's number in the index.</param>
/// <param name="cancellationToken">Cancels the work.</param>
internal sealed class KindWeights(
    SparseMatrix histories, ContentPostings postings, int[] numbers, CancellationToken cancellationToken)
{
    private const int MaximumItems = 1_500;
    private const long MaximumPairs = 60_000_000;
    private const int MinimumItems = 20;
    private const int Errors = 3;
    private const double MinimumShare = 0.01;

    private static readonly double[] s_ridges = [0.001, 0.01, 0.1, 1];

    private readonly ContentIndex _index = postings.Index;
    private readonly NormalisedGram _gram = new(histories);
    private readonly Accumulator _together = new(histories.Columns);
    private readonly Accumulator _sums = new(postings.Index.Items);
    private readonly float[] _only = new float[postings.Index.Kinds.Length];

    /// <returns>By kind; they add up to 1. Null if content predicts nothing.</returns>
    public float[]? Learn()
    {
        var sample = Sample();
        if (sample.Length < 2 * MinimumItems)
            return null;
        var (fitted, heldOut) = (new Equations(_only.Length), new Equations(_only.Length));
        foreach (var (at, item) in sample.Index())
            (at % 2 == 0 ? fitted : heldOut).Add(Row(item));
        var weights = s_ridges.Select(ridge => KindRegression.Solve(fitted.A, fitted.B, ridge))
            .MaxBy(solved => KindRegression.Explained(heldOut.A, heldOut.B, solved))!;
        if (!heldOut.IsPredictedBy(weights, Errors))
            return null;
        var all = weights.Sum();
        weights = Array.ConvertAll(weights, weight => weight < MinimumShare * all ? 0 : weight);
        all = weights.Sum();
        return Array.ConvertAll(weights, weight => (float)(weight / all));
    }

    /// <summary>Items with content that two users have at least, in an order that does not depend on the
    /// data.</summary>
    private int[] Sample()
    {
        var users = new int[histories.Columns];
        foreach (var item in histories.Indices.AsSpan(0, histories.Entries))
            users[item]++;
        var limit = (int)Math.Min(MaximumItems, MaximumPairs / Math.Max(1, histories.Columns));
        return
        [
            .. Enumerable.Range(0, histories.Columns).Where(item => users[item] > 1 && !_index.IsEmpty(numbers[item]))
                .OrderBy(item => Shuffled(item)).Take(Math.Max(2 * MinimumItems, limit)),
        ];
    }

    private static ulong Shuffled(int item) => StableHash.Of($"kinds:{item}");

    /// <summary>The normal equations of one item's row, centred over all items.</summary>
    private Equations Row(int item)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var row = new Equations(_only.Length);
        _gram.AddPlainRow(item, _together);
        _together.Scale(_gram.InverseRoots);
        _together.Set(item, 0);
        var together = _together.Values;
        var (squares, sum) = (0d, 0d);
        foreach (var value in together)
            (squares, sum) = (squares + (value * value), sum + value);
        if (squares > 0)
            Fill(row, item, together, sum, 1 / Math.Sqrt(squares));
        _together.Clear();
        return row;
    }

    private void Fill(Equations row, int item, ReadOnlySpan<float> together, double sum, double scale)
    {
        var similarities = Similarities(numbers[item], item, together.Length);
        var means = new double[similarities.Length];
        for (var kind = 0; kind < similarities.Length; kind++)
        {
            if (similarities[kind] is not { } own)
                continue;
            for (var at = 0; at < own.Length; at++)
            {
                means[kind] += own[at];
                row.B[kind] += own[at] * together[at] * scale;
            }
            row.B[kind] -= means[kind] * sum * scale / together.Length;
            for (var other = 0; other <= kind; other++)
            {
                if (similarities[other] is not { } second)
                    continue;
                var product = System.Numerics.Tensors.TensorPrimitives.Dot<float>(own, second)
                    - (means[kind] * means[other] / together.Length);
                row.A[kind, other] = row.A[other, kind] = product;
            }
        }
    }

    /// <summary>By kind the cosine with every item of the histories; null for a kind in which the item has
    /// nothing.</summary>
    private float[]?[] Similarities(int number, int item, int length)
    {
        var vector = _index.VectorOf(number);
        var similarities = new float[]?[_only.Length];
        foreach (var kind in vector.Features.Select(feature => (int)_index.FeatureKinds[feature]).Distinct())
        {
            _only[kind] = 1;
            postings.AddSimilarities(vector, _only, _sums);
            _only[kind] = 0;
            var own = new float[length];
            for (var at = 0; at < length; at++)
                own[at] = at == item ? 0 : _sums[numbers[at]];
            similarities[kind] = own;
            _sums.Clear();
        }
        return similarities;
    }

    /// <summary>Sums of normal equations, and of each row what says how well it is predicted.</summary>
    private sealed class Equations(int kinds)
    {
        private readonly List<Equations> _rows = [];

        public double[,] A { get; } = new double[kinds, kinds];

        public double[] B { get; } = new double[kinds];

        public void Add(Equations row)
        {
            _rows.Add(row);
            for (var kind = 0; kind < kinds; kind++)
            {
                B[kind] += row.B[kind];
                for (var other = 0; other < kinds; other++)
                    A[kind, other] += row.A[kind, other];
            }
        }

        public bool IsPredictedBy(double[] weights, int errors) =>
            new Metrics.PairedTest(
                [.. _rows.Select(row => KindRegression.Explained(row.A, row.B, weights))], new double[_rows.Count]
            ).Exceeds(errors);
    }
}
