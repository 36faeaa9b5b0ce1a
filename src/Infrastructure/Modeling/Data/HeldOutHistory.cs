using System.Runtime.InteropServices;
using Recommendation.Domain.Profiles;

namespace Recommendation.Modeling.Data;

/// <summary>
/// A user's remaining history in the form that serving uses (see <see cref="UserHistory"/>): the newest 500 distinct
/// items, each with the sum of its interactions by type, at the time of the newest of them.
/// </summary>
/// <param name="Entries">The newest first; ties by item, then by type.</param>
/// <param name="ActedOn">Every item of the user, including those that the entries no longer hold.</param>
internal sealed record HeldOutHistory(HistorySum[] Entries, int[] ActedOn)
{
    public static HeldOutHistory Of(ReadOnlySpan<TrainingEvent> newestFirst)
    {
        var entries = new List<HistorySum>(newestFirst.Length);
        var places = new Dictionary<(int Item, int Type), int>(newestFirst.Length);
        var kept = new HashSet<int>(Math.Min(newestFirst.Length, UserHistory.MaximumItems));
        var actedOn = new HashSet<int>(newestFirst.Length);
        foreach (ref readonly var one in newestFirst)
        {
            if (actedOn.Add(one.Item) && kept.Count < UserHistory.MaximumItems)
                kept.Add(one.Item);
            if (!kept.Contains(one.Item))
                continue;
            if (places.TryAdd((one.Item, one.Type), entries.Count))
                entries.Add(new(one.Item, one.Weight, newestFirst[0].Milliseconds - one.Milliseconds));
            else
                CollectionsMarshal.AsSpan(entries)[places[(one.Item, one.Type)]].Weight += one.Weight;
        }
        return new([.. entries], [.. actedOn]);
    }
}

/// <summary>What a user's interactions of one type with an item weigh together.</summary>
/// <param name="AgeMilliseconds">How much older the newest of them is than the newest of the history.</param>
internal record struct HistorySum(int Item, double Weight, long AgeMilliseconds);
