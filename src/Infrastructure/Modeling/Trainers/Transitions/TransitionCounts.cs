using System.Runtime.InteropServices;
using Recommendation.Modeling.Data;
using Recommendation.Modeling.Linear;

namespace Recommendation.Modeling.Trainers.Transitions;

/// <summary>
/// M: which items follow which. Two items s steps apart in a user's order add 1/s to C→ from the older to the newer
/// one, and a fifth of it (C_sym) in both directions. Interactions at the same time are one step apart, in no order. A
/// user adds to a pair of items once, by its closest occurrences, so that the repetitions of one user do not dominate.
/// <c>M_ij = d_i^-a (C→ + 0.2 C_sym)_ij d_j^-c</c> with a zero diagonal, the K largest of each row.
/// </summary>
internal sealed class TransitionCounts
{
    private const int Window = 20;
    private const float Forward = 1.2f;
    private const float Backward = 0.2f;

    private readonly int _items;
    private readonly ItemSequences _sequences;
    private readonly ColumnEntries _occurrences;

    /// <param name="histories">The training data; of each user the newest liked events are read, as many as a history
    /// keeps items.</param>
    public TransitionCounts(UserItemMatrix histories)
        : this(
            histories.Events.Items, ItemSequences.Of(histories.Events, histories.Limit),
            new([.. Enumerable.Range(0, histories.Events.Items)]))
    {
    }

    /// <param name="items">How many items there are.</param>
    /// <param name="sequences">The sequences of all users, or of some of them.</param>
    /// <param name="rows">The items whose rows are wanted.</param>
    public TransitionCounts(int items, ItemSequences sequences, ColumnPlaces rows)
    {
        (_items, _sequences) = (items, sequences);
        _occurrences = ColumnEntries.Of(sequences.Users, sequences.Items, rows);
    }

    /// <param name="exponents">a and c.</param>
    /// <param name="neighbours">K: the maximum number of entries in a row.</param>
    /// <param name="threads">The maximum number of threads. The result does not depend on it.</param>
    /// <param name="cancellationToken">Checked before each row.</param>
    public ItemWeights Weights(
        TransitionExponents exponents,
        int neighbours,
        int threads,
        CancellationToken cancellationToken
    )
    {
        var sources = Powers(-exponents.Source);
        var targets = Powers(-exponents.Target);
        using var closest = new ThreadLocal<Dictionary<int, float>>(() => []);
        return RowTopK.Make(_items, neighbours, threads, (item, sums) =>
        {
            AddRow(item, item, sums, closest.Value!);
            sums.Scale(targets);
            sums.Set(item, 0);
            return sources[item];
        }, _ => { }, cancellationToken);
    }

    /// <summary>Adds what surrounds an item in all sequences, users in ascending order.</summary>
    /// <param name="item">The item.</param>
    /// <param name="row">Its number among the items whose rows are wanted.</param>
    /// <param name="sums">What the row is added to.</param>
    /// <param name="closest">Working memory.</param>
    public void AddRow(int item, int row, Accumulator sums, Dictionary<int, float> closest)
    {
        var previous = -1;
        // Contains a user once per occurrence.
        foreach (var user in _occurrences.Rows.AsSpan(_occurrences.Offsets[row].._occurrences.Offsets[row + 1]))
        {
            if (user != previous)
                AddUser(item, _sequences.Users[user], _sequences.Users[user + 1], sums, closest);
            previous = user;
        }
    }

    /// <summary>Adds what surrounds the item in a user's sequence.</summary>
    private void AddUser(int item, int start, int end, Accumulator sums, Dictionary<int, float> closest)
    {
        var (items, steps) = (_sequences.Items, _sequences.Steps);
        closest.Clear();
        for (var at = start; at < end; at++)
        {
            if (items[at] != item)
                continue;
            for (var newer = at - 1; newer >= start && steps[at] - steps[newer] <= Window; newer--)
                Keep(items[newer], Weight(steps[at] - steps[newer], Forward));
            for (var older = at + 1; older < end && steps[older] - steps[at] <= Window; older++)
                Keep(items[older], Weight(steps[older] - steps[at], Backward));
        }
        foreach (var (other, weight) in closest)
            sums.Add(other, weight);

        void Keep(int other, float weight)
        {
            ref var kept = ref CollectionsMarshal.GetValueRefOrAddDefault(closest, other, out _);
            kept = Math.Max(kept, weight);
        }
    }

    private static float Weight(int steps, float direction) =>
        steps == 0 ? (Forward + Backward) / 2 : direction / steps;

    private float[] Powers(double exponent) =>
        Powers(
            [
                .. Enumerable
                    .Range(0, _items)
                    .Select(item => (long)_occurrences.Offsets[item + 1] - _occurrences.Offsets[item]),
            ],
            exponent
        );

    /// <summary>The power of each count; 0 for 0.</summary>
    public static float[] Powers(long[] counts, double exponent) =>
        Array.ConvertAll(counts, count => count > 0 ? (float)Math.Pow(count, exponent) : 0);
}

/// <summary>How transitions are normalised by the frequencies of their items.</summary>
/// <param name="Source">a.</param>
/// <param name="Target">c.</param>
internal readonly record struct TransitionExponents(double Source, double Target);
