using Recommendation.Application.Ports;
using Recommendation.Domain;
using Recommendation.Domain.Interactions;

namespace Recommendation.Modeling.Evaluation;

/// <summary>
/// Sequences of items, the last of which are hidden. The files have no times, so a day lies between an item and the
/// next, and every user's training part ends at the same time: order counts, and what is held out to choose parameters
/// by is the end of the sequences.
/// </summary>
internal sealed record SequenceSplit(List<Interaction> Train, List<TestUser> Users)
{
    private const int MaxItems = 100_000;

    /// <param name="lines">By user, the oldest item first.</param>
    /// <param name="leaveOut">How many of the last items are hidden.</param>
    /// <exception cref="RefusedException">Nothing is left to be found, a user is there twice, or a
    /// sequence is too long.</exception>
    public static SequenceSplit Of(List<(string User, string[] Items)> lines, int leaveOut)
    {
        if (leaveOut is < 1 or > 1000)
            throw new RefusedException($"{leaveOut} items of each user can't be hidden; give 1 … 1,000.");
        if (
            lines.GroupBy(line => line.User, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1) is
            { } twice
        )
            throw new RefusedException(
                $"User '{twice.Key}' has more than one line. Put all items of a user into one line, the oldest first."
            );
        var longest = lines.Max(line => (int?)line.Items.Length) ?? 0;
        if (longest > MaxItems)
            throw new RefusedException(
                $"A sequence has {longest} items; at most {MaxItems} are read. Leave out the oldest ones."
            );
        var end = Timestamps.Earliest.AddDays(longest);
        var (train, users) = (new List<Interaction>(), new List<TestUser>());
        foreach (var (user, items) in lines)
        {
            var kept = items.Length > leaveOut ? items.Length - leaveOut : items.Length;
            List<Interaction> known =
            [
                .. items.Take(kept).Select((item, at) => At(user, item, end.AddDays(at - kept + 1))),
            ];
            train.AddRange(known);
            if (kept < items.Length)
                users.Add(
                    TestUser.From(known, [.. items[kept..].Distinct(StringComparer.Ordinal)]) with
                    {
                        User = UserId.Parse(user),
                    }
                );
        }
        return users.Count > 0
            ? new(train, users)
            : throw new RefusedException(
                $"There is nothing to test on: no user has more than {leaveOut} item{(leaveOut == 1 ? "" : "s")}. "
                    + "Each line is `user item item …`, the oldest item first."
            );
    }

    private static Interaction At(string user, string item, DateTimeOffset time) => new()
    {
        UserId = UserId.Parse(user),
        ItemId = ItemId.Parse(item),
        Type = InteractionType.View,
        OccurredAt = time,
        ArrivedAt = time,
    };
}
