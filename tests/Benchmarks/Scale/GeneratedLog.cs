using Recommendation.Domain.Interactions;

namespace Recommendation.Benchmarks.Scale;

/// <summary>
/// Interactions as a log has them: the newest last, users mixed. Items are frequent and rare by Zipf's law; each user
/// prefers the items of two of many groups. The same numbers give the same interactions.
/// </summary>
internal sealed class GeneratedLog(int users, int items, long interactions)
{
    private const int ItemsOfGroup = 400;
    private const double OwnShare = 0.7;
    private const double Skew = 2.5;
    private const long Days = 90;

    private static readonly DateTimeOffset s_end = new(2026, 11, 30, 0, 0, 0, TimeSpan.Zero);
    private static readonly InteractionType s_view = InteractionType.Parse("view");

    /// <summary>After all interactions.</summary>
    public static DateTimeOffset AsOf => s_end;

    public async IAsyncEnumerable<Interaction> ReadAsync()
    {
        await Task.Yield();
        var userIds = Enumerable.Range(0, users).Select(user => UserId.Parse($"user-{user:d9}")).ToArray();
        var itemIds = Enumerable.Range(0, items).Select(item => ItemId.Parse($"item-{item:d8}")).ToArray();
        var step = TimeSpan.FromDays(Days) / interactions;
        for (var number = 0L; number < interactions; number++)
        {
            var (user, item) = PairOf(number);
            var at = s_end - (step * (interactions - number));
            yield return new()
            {
                UserId = userIds[user],
                ItemId = itemIds[item],
                Type = s_view,
                OccurredAt = at,
                ArrivedAt = at,
            };
        }
    }

    private (int User, int Item) PairOf(long number)
    {
        var random = new Mixed((ulong)number);
        // Some users do much more than others.
        var user = (int)(users * Math.Pow(random.Next(), 1.5));
        return (user, ItemOf(user, ref random));
    }

    private int ItemOf(int user, ref Mixed random)
    {
        if (random.Next() >= OwnShare)
            return (int)(items * Math.Pow(random.Next(), Skew));
        var groups = Math.Max(1, items / ItemsOfGroup);
        var taste = new Mixed(((ulong)user * 7919) + (random.Next() < 0.6 ? 1ul : 2));
        var group = (int)(groups * taste.Next());
        // The items of a group are spread over all ranks of frequency.
        return (int)Math.Min(items - 1, ((long)(ItemsOfGroup * Math.Pow(random.Next(), Skew)) * groups) + group);
    }

    /// <summary>Random numbers by the finalizer of SplitMix64.</summary>
    private struct Mixed(ulong seed)
    {
        private ulong _state = seed * 0x9E3779B97F4A7C15;

        public double Next()
        {
            var bits = _state = unchecked(_state + 0xD1342543DE82EF95);
            bits = unchecked((bits ^ (bits >> 30)) * 0xBF58476D1CE4E5B9);
            bits = unchecked((bits ^ (bits >> 27)) * 0x94D049BB133111EB);
            return ((bits ^ (bits >> 31)) >> 11) * double.Exp2(-53);
        }
    }
}
