using Recommendation.Application.Ports;
using Recommendation.Application.Profiles;
using Recommendation.Application.Retrieval;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Items;
using Recommendation.Domain.Profiles;

namespace Recommendation.Application.Models;

/// <summary>
/// Reads holdouts from the log, in two passes with bounded memory: one for the newest interactions, one for what their
/// users did before. One time for all users, as in production: nothing of the future is known of anybody. Of a log that
/// is kept by users only as many parts are read as are needed, which are a fair sample of the users.
/// </summary>
internal sealed class HoldoutReader(
    IUserLog log, IProfileStore profiles, Variants variants, RecommendationOptions options)
{
    /// <summary>Of the interactions, the newest of all.</summary>
    private const int Share = 10;

    /// <summary>
    /// What a large log holds out: enough to tell models apart, little enough for the model to stay fresh.
    /// </summary>
    private const int MaximumInteractions = 20_000;

    /// <summary>The newest tenth of what is read, 20,000 interactions at most.</summary>
    internal async Task<Holdout> NewestAsync(DateTimeOffset asOf, LogParts within, CancellationToken cancellationToken)
    {
        var read = await ReadNewestAsync(
            within,
            after: DateTimeOffset.MinValue,
            asOf,
            enough: MaximumInteractions * Share,
            cancellationToken
        );
        return await CutAsync(
            read,
            (int)Math.Min(MaximumInteractions, read.Count / Share),
            DateTimeOffset.MinValue,
            cancellationToken
        );
    }

    /// <summary>What happened after a time, the newest 20,000 interactions at most.</summary>
    internal async Task<Holdout> AfterAsync(
        DateTimeOffset start,
        DateTimeOffset asOf,
        CancellationToken cancellationToken
    )
    {
        var read = await ReadNewestAsync(
            new LogParts(0, log.Parts),
            start,
            asOf,
            enough: MaximumInteractions,
            cancellationToken
        );
        return await CutAsync(read, MaximumInteractions, start, cancellationToken);
    }

    private async Task<ReadPart> ReadNewestAsync(
        LogParts within, DateTimeOffset after, DateTimeOffset asOf, long enough, CancellationToken cancellationToken)
    {
        var groups = await variants.FindAsync(cancellationToken);
        var newest = new PriorityQueue<Interaction, DateTimeOffset>();
        var (count, parts) = (0L, within with { Count = 0 });
        while (parts.Count < within.Count && count <= enough)
        {
            // Twice as many as before, so that little is read beyond what is enough and few parts are not
            // read one by one.
            var next = within with
            {
                First = parts.First + parts.Count,
                Count = Math.Clamp(parts.Count, 1, within.Count - parts.Count),
            };
            if (after > DateTimeOffset.MinValue)
                next = next with { ArrivedFrom = Later(within.ArrivedFrom, after - Interaction.MaximumAhead) };
            await foreach (var one in log.ReadAsync(next, cancellationToken))
            {
                if (one.OccurredAt > asOf || one.OccurredAt <= after)
                    continue;
                count++;
                var main = AsMain(one, groups);
                // One more than is held out: it tells where the holdout begins.
                if (newest.Count <= MaximumInteractions)
                    newest.Enqueue(main, one.OccurredAt);
                else
                    newest.EnqueueDequeue(main, one.OccurredAt);
            }
            parts = parts with { Count = parts.Count + next.Count };
        }
        return new(newest, count, parts, groups);
    }

    private async Task<Holdout> CutAsync(
        ReadPart read,
        int wanted,
        DateTimeOffset start,
        CancellationToken cancellationToken
    )
    {
        var newest = read.Newest;
        while (newest.Count > wanted)
            start = newest.Dequeue().OccurredAt;
        var heldOut = await newest.UnorderedItems.Select(item => item.Element).Where(one => one.OccurredAt > start)
            .ToAsyncEnumerable().WithoutErasedAsync(profiles, cancellationToken).ToListAsync(cancellationToken);
        var users = heldOut.GroupBy(one => one.UserId).ToDictionary(user => user.Key, _ => new Before(options));
        await foreach (
            var one in log.ReadAsync(read.Parts, cancellationToken)
                .Where(one => one.OccurredAt <= start && users.ContainsKey(one.UserId))
                .WithoutErasedAsync(profiles, cancellationToken)
        )
            users[one.UserId].Add(AsMain(one, read.Variants));
        var through = heldOut.Count == 0 ? start : heldOut.Max(one => one.OccurredAt);
        return new Holdout(start, through, [.. heldOut.GroupBy(one => one.UserId).OrderBy(user => user.Key)
            .Select(user => users[user.Key].ToHeldOut(user.Key, user)).Where(user => user.Relevant.Count > 0)]);
    }

    /// <summary>A model that was trained on variants as one item is measured on them as one.</summary>
    private static Interaction AsMain(Interaction one, ItemGroups variants) =>
        variants.Contains(one.ItemId) ? one with { ItemId = variants.MainOf(one.ItemId) } : one;

    private static DateTimeOffset Later(DateTimeOffset? one, DateTimeOffset other) => one > other ? one.Value : other;

    /// <summary>The newest interactions of the parts that were read, and how many there were.</summary>
    private sealed record ReadPart(
        PriorityQueue<Interaction, DateTimeOffset> Newest, long Count, LogParts Parts, ItemGroups Variants);

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
