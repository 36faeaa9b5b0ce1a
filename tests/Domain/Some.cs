using Recommendation.Domain.Interactions;
using Recommendation.Domain.Profiles;
using Recommendation.Domain.Recommendations;

namespace Recommendation.Domain.Tests;

/// <summary>Test data: what a test does not name does not matter to it.</summary>
internal static class Some
{
    internal static readonly UserId User = UserId.Parse("ann");

    internal static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    internal static UserProfile Profile => UserProfile.New(User);

    internal static RawInteraction Raw(
        string? timestamp = null,
        string? user = "ann",
        string? item = "i1",
        string? type = null,
        string? id = null,
        string? value = null
    ) =>
        new()
        {
            UserId = user,
            ItemId = item,
            InteractionType = type,
            Timestamp = timestamp,
            EventId = id,
            Value = value,
        };

    /// <summary>An interaction at noon that arrived at noon.</summary>
    internal static Interaction Interaction(
        long sequence, string item = "i1", string type = "view", string? id = null, DateTimeOffset? at = null,
        DateTimeOffset? arrived = null, string partition = "p0", int index = 0) => new()
        {
            EventId = id is null ? null : EventId.Parse(id),
            UserId = User,
            ItemId = ItemId.Parse(item),
            Type = InteractionType.Parse(type),
            OccurredAt = at ?? Noon,
            ArrivedAt = arrived ?? Noon,
            Position = new Position(partition, SequenceNumber.From(sequence), index),
        };

    /// <summary>Views at positions 1, 2, 3 …, a second apart, each with an event id of its own.</summary>
    internal static Interaction[] Views(int count, int first = 1, string prefix = "e") =>
        [
            .. Enumerable
                .Range(first, count)
                .Select(n => Interaction(n, $"i{n}", id: $"{prefix}{n}", at: Noon.AddSeconds(n))),
        ];

    internal static UserProfile Applying(this UserProfile profile, params Interaction[] interactions) =>
        profile.Apply(interactions, ProfilePolicy.Default).Profile;

    internal static RankedItem Item(string id, double score, params string[] because) =>
        new(ItemId.Parse(id), Score.Of(score), [.. because.Select(ItemId.Parse)]);

    internal static RankedItems List(params RankedItem[] items) => RankedItems.From(items, items.Length);
}
