using Recommendation.Application.Ports;
using Recommendation.Domain.Interactions;

namespace Recommendation.Modeling.Evaluation;

/// <summary>
/// A log cut at a time: trained on what happened before, tested on the items that users came to afterwards for the
/// first time, or on all that they came to where repeats count. One time for all users, as in production: nothing of
/// the future is known of anybody.
/// </summary>
internal sealed record TemporalSplit(List<Interaction> Train, List<TestUser> Users, DateTimeOffset Cut)
{
    /// <param name="interactions">The log.</param>
    /// <param name="options">What part of it, the newest, is tested on; whether repeats count.</param>
    /// <param name="types">Tell what a positive interaction is, and what hides an item.</param>
    /// <exception cref="RefusedException">Nobody comes to anything to be found in the newest part.</exception>
    public static TemporalSplit Of(
        IReadOnlyCollection<Interaction> interactions,
        EvaluationOptions options,
        EventTypeSettings types
    )
    {
        var times = interactions.Select(one => one.OccurredAt).Order().ToArray();
        if (times.Length > 0 && times[0] == times[^1])
            throw new RefusedException(
                $"All {times.Length} interactions happened at the same time; a split by time needs different ones."
            );
        var cut = times.Length == 0 ? default : times[(int)((times.Length - 1) * (1 - options.TestShare))];
        var users = new List<TestUser>();
        foreach (var user in interactions.GroupBy(one => one.UserId).OrderBy(group => group.Key))
        {
            var known = user.Where(one => one.OccurredAt <= cut).ToList();
            var hidden = options.Training.AllowRepeats
                ? []
                : known.Where(one => types.Hides(one.Type)).Select(one => one.ItemId).ToHashSet();
            var relevant = user.Where(one =>
                one.OccurredAt > cut && types.WeightOf(one.Type, one.Value) > 0 && !hidden.Contains(one.ItemId)
            );
            var ids = relevant.Select(one => one.ItemId.Value).Distinct(StringComparer.Ordinal).ToArray();
            if (ids.Length > 0)
                users.Add(TestUser.From(known, ids, types) with { User = user.Key });
        }
        if (users.Count == 0)
            throw new RefusedException(
                $"There is nothing to test on: no user comes to a new item in the newest {options.TestShare:P0} of "
                    + $"{times.Length} interactions."
            );
        return new TemporalSplit([.. interactions.Where(one => one.OccurredAt <= cut)], users, cut);
    }
}
