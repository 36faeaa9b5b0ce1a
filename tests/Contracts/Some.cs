using System.Globalization;
using Recommendation.Domain.Batches;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Models;
using Recommendation.Domain.Profiles;
using Recommendation.Domain.Quarantine;
using Recommendation.Domain.Recommendations;

namespace Recommendation.Contracts;

/// <summary>Valid things to test with, and ids that a store may trip over.</summary>
public static class Some
{
    public static readonly DateTimeOffset Noon = new(2026, 3, 14, 12, 0, 0, TimeSpan.Zero);

    /// <summary>Ids at the limits of what is allowed, in pairs that a careless store would confuse.</summary>
    public static readonly IReadOnlyList<string> OddIds =
    [
        new string('x', 256),
        string.Concat(Enumerable.Repeat("🛒", 64)),
        "o'brien\"; DROP TABLE profiles; --",
        "..",
        ".",
        "../../etc/passwd",
        "a/b\\c",
        "a%2Fb",
        "a",
        "A",
        "á",
        "a\u0301",
        "null",
        "0",
        "00",
        "#15",
        "{\"a\":1}",
        "a b",
        "*?[x]",
        "profile",
    ];

    public static UserId User(string id = "u1") => UserId.Parse(id);

    public static UserId User(int number) =>
        UserId.Parse(string.Create(CultureInfo.InvariantCulture, $"user-{number}"));

    public static ItemId Item(string id = "i1") => ItemId.Parse(id);

    public static Interaction Interaction(string user = "u1", string item = "i1", string? eventId = null) => new()
    {
        EventId = eventId is null ? null : EventId.Parse(eventId),
        UserId = UserId.Parse(user),
        ItemId = ItemId.Parse(item),
        Type = InteractionType.View,
        OccurredAt = Noon,
        ArrivedAt = Noon.AddSeconds(1),
    };

    public static Position Position(long sequence, int index = 0, string partition = "p") =>
        new(partition, SequenceNumber.From(sequence), index);

    /// <summary>A profile that has applied one interaction.</summary>
    public static UserProfile Profile(
        string user = "u1",
        DateTimeOffset? at = null,
        string item = "i1",
        long sequence = 1
    ) =>
        UserProfile
            .New(UserId.Parse(user))
            .Apply(
                [
                    Interaction(user, item) with
                    {
                        OccurredAt = at ?? Noon,
                        ArrivedAt = (at ?? Noon).AddSeconds(1),
                        Position = Position(sequence),
                    },
                ],
                ProfilePolicy.Default
            )
            .Profile;

    /// <summary>A profile in which nothing is empty.</summary>
    public static UserProfile FullProfile(string user = "u1")
    {
        var interactions = Enumerable
            .Range(0, 70)
            .Select(i =>
                Interaction(user, $"item-{i}", $"event-{i}") with
                {
                    Type = i % 3 == 0 ? InteractionType.Purchase : InteractionType.Parse($"own-type-{i % 2}"),
                    Value = i % 4 == 0 ? i / 10.0 : null,
                    OccurredAt = Noon.AddMinutes(-i * i).AddMilliseconds(i),
                    Position =
                        i % 2 == 0
                            ? new Position(
                                "shard-1",
                                SequenceNumber.Parse(
                                    new string('9', 56) + i.ToString("00", CultureInfo.InvariantCulture)
                                ),
                                i % 4
                            )
                            : Position(i, partition: "local"),
                }
            );
        return UserProfile
            .New(UserId.Parse(user))
            .Erase(Noon.AddYears(-1))
            .Apply([.. interactions], ProfilePolicy.Default)
            .Profile with
        {
            HistoryKey = HistoryKey.New(3, 0xabcdef),
            MissesHistory = true,
        };
    }

    /// <summary>A history of items with types, values and counts of their own.</summary>
    public static StoredHistory History(int items) =>
        StoredHistory.Empty.With(
            Pending([
                .. Enumerable
                    .Range(0, items)
                    .Select(i =>
                        Interaction("u1", $"item-{i}") with
                        {
                            Type = i % 3 == 0 ? InteractionType.Purchase : InteractionType.Parse($"own-type-{i % 2}"),
                            OccurredAt = Noon.AddMinutes(-i),
                            Value = i % 5 == 0 ? i / 4.0 : null,
                        }
                    ),
            ])
        );

    /// <summary>A history of one item.</summary>
    public static StoredHistory HistoryOf(string item) => StoredHistory.Empty.With(Pending([Interaction("u1", item)]));

    /// <summary>Interactions as a profile holds them back that keeps one newer.</summary>
    public static PendingInteractions Pending(IReadOnlyList<Interaction> interactions)
    {
        ArgumentNullException.ThrowIfNull(interactions);
        var newer = Interaction("u1", "newer") with
        {
            OccurredAt = Noon.AddYears(1),
            Position = Position(1, partition: "newer"),
        };
        return UserProfile
            .New(User("u1"))
            .Apply(
                [newer, .. interactions.Select((one, i) => one with { Position = Position(i + 1) })],
                new ProfilePolicy { RecentLimit = 1 }
            )
            .Profile.Pending;
    }

    public static RecommendationList RecommendationsFor(string user = "u1", int items = 3) =>
        new()
        {
            UserId = UserId.Parse(user),
            Items = RankedItems.From(
                Enumerable
                    .Range(1, items)
                    .Select(i => new RankedItem(
                        Item($"item-{i}"),
                        Score.Of(1.0 / (i + 2)),
                        [Item("seen-1"), Item($"seen-{i}")]
                    )),
                items
            ),
            Source = ListSource.Batch,
            UpdatedAt = Noon,
            ModelVersion = ModelVersion.Parse("20260314-abc"),
            RunId = BatchRunId.Parse("scheduled-2026-03-14"),
            ProfileVersion = 7,
        };

    public static QuarantinedRecord Quarantined(long sequence, string? user = "u1", int index = 0) => new()
    {
        Position = Position(sequence, index),
        ArrivedAt = Noon,
        Rejection = new Rejection(RejectionCode.InvalidItem, "itemId is missing or empty."),
        Raw = "{\"userId\":\"u1\"}"u8.ToArray(),
        UserId = user is null ? null : UserId.Parse(user),
    };
}
