using Recommendation.Modeling.Data;

namespace Recommendation.Modeling.Trainers.Transitions;

/// <summary>
/// The liked items of users in order, the newest first. Interactions at the same time have the same step.
/// </summary>
/// <param name="Users">Where each user's sequence begins; one more than there are users.</param>
/// <param name="Items">The items.</param>
/// <param name="Steps">How many steps each is behind the newest of the user.</param>
internal sealed record ItemSequences(int[] Users, int[] Items, int[] Steps)
{
    /// <param name="events">The events of the users.</param>
    /// <param name="limit">How many events of a user count, the newest.</param>
    public static ItemSequences Of(TrainingEvents events, int limit)
    {
        var users = new int[events.Users + 1];
        var (items, steps) = (new List<int>(events.Events.Length), new List<int>(events.Events.Length));
        for (var user = 0; user < events.Users; user++)
        {
            var (step, last) = (0, 0L);
            foreach (var one in events.Of(user))
            {
                if (one.Weight <= 0 || items.Count - users[user] == limit)
                    continue;
                step += items.Count > users[user] && one.Milliseconds != last ? 1 : 0;
                last = one.Milliseconds;
                items.Add(one.Item);
                steps.Add(step);
            }
            users[user + 1] = items.Count;
        }
        return new(users, [.. items], [.. steps]);
    }
}
