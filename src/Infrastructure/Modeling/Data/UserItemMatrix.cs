using System.Buffers;
using Recommendation.Modeling.Linear;

namespace Recommendation.Modeling.Data;

/// <summary>
/// The training data as a user-item matrix: <c>x_ui = min(cap, Σ w_type · 2^(-age/H))</c> over the user's events of the
/// item. An item whose sum is not positive (disliked more than liked) is left out, because co-occurrences only express
/// similarity. Of the other items the newest remain, newest first.
/// </summary>
/// <param name="Matrix">Users × items, each row newest first.</param>
/// <param name="Milliseconds">When each entry was last touched, since 1970.</param>
/// <param name="Events">What they were made of.</param>
/// <param name="Limit">How many items a history keeps.</param>
/// <param name="Cap">The most that an item can weigh.</param>
internal sealed record UserItemMatrix(
    SparseMatrix Matrix,
    long[] Milliseconds,
    TrainingEvents Events,
    int Limit,
    double Cap
)
{
    /// <param name="events">The events; ages are counted from the newest of all.</param>
    /// <param name="limit">How many items a history keeps.</param>
    /// <param name="cap">The most that an item can weigh.</param>
    /// <param name="halfLifeDays">H; infinite where old events count as new ones.</param>
    /// <param name="cancellationToken">Cancels the work.</param>
    public static UserItemMatrix From(
        TrainingEvents events,
        int limit,
        double cap,
        double halfLifeDays,
        CancellationToken cancellationToken
    )
    {
        var offsets = new int[events.Users + 1];
        var indices = new ArrayBufferWriter<int>(Math.Max(256, events.Events.Length / 2));
        var values = new ArrayBufferWriter<float>(Math.Max(256, events.Events.Length / 2));
        var times = new ArrayBufferWriter<long>(Math.Max(256, events.Events.Length / 2));
        var sums = new double[events.Items];
        var order = new List<(int Item, long Time)>();
        for (var user = 0; user < events.Users; user++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Sum(events.Of(user), events.NewestMilliseconds, halfLifeDays, sums, order);
            var kept = 0;
            foreach (var (item, time) in order)
            {
                if ((float)sums[item] > 0 && kept < limit)
                {
                    Append(indices, item);
                    Append(values, (float)Math.Min(cap, sums[item]));
                    Append(times, time);
                    kept++;
                }
                sums[item] = 0;
            }
            offsets[user + 1] = offsets[user] + kept;
        }
        var matrix = new SparseMatrix(
            events.Items,
            offsets,
            indices.WrittenSpan.ToArray(),
            values.WrittenSpan.ToArray()
        );
        return new UserItemMatrix(matrix, times.WrittenSpan.ToArray(), events, limit, cap);
    }

    private static void Append<T>(ArrayBufferWriter<T> writer, T value)
    {
        writer.GetSpan(1)[0] = value;
        writer.Advance(1);
    }

    private static void Sum(
        ReadOnlySpan<TrainingEvent> newestFirst,
        long now,
        double halfLifeDays,
        double[] sums,
        List<(int Item, long Time)> order
    )
    {
        order.Clear();
        foreach (var one in newestFirst)
        {
            // a sum of exactly 0 lists the item again, which is harmless: the first listing takes the whole sum
            if (sums[one.Item] == 0)
                order.Add((one.Item, one.Milliseconds));
            sums[one.Item] += one.Weight * Decay.Of(now - one.Milliseconds, halfLifeDays);
        }
    }
}
