using Recommendation.Application.Ports;
using Recommendation.Application.Profiles;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Profiles;

namespace Recommendation.Application.Models;

/// <summary>
/// Reads holdouts from the log, in two passes with bounded memory: one for the newest interactions, one for what their users
/// did before. One time for all users, as in production: nothing of the future is known of anybody.
/// </summary>
internal sealed class HoldoutReader(IInteractionLog log, IProfileStore profiles, RecommendationOptions options)
{
    /// <summary>Of the interactions, the newest of all.</summary>
    private const int Share = 10;

    /// <summary>What a large log holds out: enough to tell models apart, little enough for the model to stay fresh.</summary>
    private const int MaximumInteractions = 20_000;

    /// <summary>The newest tenth of the log, 20,000 interactions at most.</summary>
    internal async Task<Holdout> NewestAsync(DateTimeOffset asOf, CancellationToken cancellationToken)
    {
        var (newest, count) = await ReadNewestAsync(after: DateTimeOffset.MinValue, asOf, cancellationToken);
        return await CutAsync(newest, (int)Math.Min(MaximumInteractions, count / Share), DateTimeOffset.MinValue, cancellationToken);
    }

    /// <summary>What happened after a time, the newest 20,000 interactions at most.</summary>
    internal async Task<Holdout> AfterAsync(DateTimeOffset start, DateTimeOffset asOf, CancellationToken cancellationToken)
    {
        var (newest, _) = await ReadNewestAsync(start, asOf, cancellationToken);
        return await CutAsync(newest, MaximumInteractions, start, cancellationToken);
    }

    private async Task<(PriorityQueue<Interaction, DateTimeOffset> Newest, long Count)> ReadNewestAsync(
        DateTimeOffset after, DateTimeOffset asOf, CancellationToken cancellationToken)
    {
        var newest = new PriorityQueue<Interaction, DateTimeOffset>();
        var count = 0L;
        await foreach (var one in log.ReadAsync(after: null, cancellationToken))
        {
            if (one.OccurredAt > asOf || one.OccurredAt <= after)
                continue;
            count++;
            // One more than is held out: it tells where the holdout begins.
            if (newest.Count <= MaximumInteractions)
                newest.Enqueue(one, one.OccurredAt);
            else
                newest.EnqueueDequeue(one, one.OccurredAt);
        }
        return (newest, count);
    }

    private async Task<Holdout> CutAsync(
        PriorityQueue<Interaction, DateTimeOffset> newest, int wanted, DateTimeOffset start, CancellationToken cancellationToken)
    {
        while (newest.Count > wanted)
            start = newest.Dequeue().OccurredAt;
        var heldOut = await newest.UnorderedItems.Select(item => item.Element).Where(one => one.OccurredAt > start)
            .ToAsyncEnumerable().WithoutErasedAsync(profiles, cancellationToken).ToListAsync(cancellationToken);
        var users = heldOut.GroupBy(one => one.UserId).ToDictionary(user => user.Key, _ => new Before(options));
        await foreach (var one in log.ReadAsync(after: null, cancellationToken)
            .Where(one => one.OccurredAt <= start && users.ContainsKey(one.UserId)).WithoutErasedAsync(profiles, cancellationToken))
            users[one.UserId].Add(one);
        var through = heldOut.Count == 0 ? start : heldOut.Max(one => one.OccurredAt);
        return new Holdout(start, through, [.. heldOut.GroupBy(one => one.UserId).OrderBy(user => user.Key)
            .Select(user => users[user.Key].ToHeldOut(user.Key, user)).Where(user => user.Relevant.Count > 0)]);
    }

    /// <summary>What a user did before the holdout.</summary>
    private sealed class Before(RecommendationOptions options)
    {
        private readonly HashSet<ItemId> _hidden = [];
        private readonly List<HistoryEntry> _history = [];

        internal void Add(Interaction interaction)
        {
            if (options.EventTypes.Hides(interaction.Type))
                _hidden.Add(interaction.ItemId);
            _history.Add(HistoryEntry.FromInteraction(interaction));
        }

        internal HeldOutUser ToHeldOut(UserId user, IEnumerable<Interaction> after) => new(
            UserHistory.From(_history),
            [.. after.Where(IsRelevant).Select(one => one.ItemId).Distinct().Order()],
            options.AllowRepeats)
        {
            ActedOn = _hidden,
            User = user,
        };

        private bool IsRelevant(Interaction one) => options.EventTypes.WeightOf(one.Type, one.Value) > 0
            && (options.AllowRepeats || !_hidden.Contains(one.ItemId));
    }
}
