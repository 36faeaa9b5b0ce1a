using System.Globalization;
using Recommendation.Aws.Archive;
using Recommendation.Aws.Costs;
using Recommendation.Aws.DynamoDb;
using Recommendation.Contracts;
using Recommendation.Domain.Batches;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Models;
using Recommendation.Domain.Profiles;
using Recommendation.Domain.Recommendations;

namespace Recommendation.Aws.Tests.Costs;

/// <summary>The bytes that the estimate counts with, on what the adapters really write.</summary>
public sealed class MeasuredSizesTests
{
    private static readonly MeasuredSizes s_sizes = new();

    [Fact]
    public void A_profile_is_as_large_as_is_said() =>
        AssertNear(
            s_sizes.ProfileBytes,
            ItemSize.Of(
                WrittenItem.Of(writer =>
                    ProfileItem.Write(
                        writer,
                        UserProfile
                            .New(Some.User("user-12345"))
                            .Apply([.. Events(50, user: 1)], ProfilePolicy.Default)
                            .Profile,
                        Some.Noon,
                        null
                    )
                )
            )
        );

    [Fact]
    public void A_list_is_as_large_as_is_said() =>
        AssertNear(
            s_sizes.ListBytes,
            ItemSize.Of(
                WrittenItem.Of(
                    RecommendationItem
                        .Of(
                            new RecommendationList
                            {
                                UserId = Some.User("user-12345"),
                                Items = RankedItems.From(
                                    Enumerable
                                        .Range(0, 100)
                                        .Select(i => new RankedItem(
                                            Item(i),
                                            Score.Of(0.912345 - (i * 0.001)),
                                            [Item(i + 1), Item(i + 2), Item(i + 3)]
                                        )),
                                    100
                                ),
                                Source = ListSource.Batch,
                                UpdatedAt = Some.Noon,
                                ModelVersion = ModelVersion.Parse("20260314T120000Z-0123abcd"),
                                RunId = BatchRunId.Parse("scheduled-2026-03-14"),
                                ProfileVersion = 12,
                            }
                        )
                        .Write
                )
            )
        );

    [Fact]
    public void An_archived_event_is_as_large_as_is_said() =>
        AssertNear(s_sizes.ArchivedEventBytes, ArchiveObject.Encode(Events(20_000, user: null)).Length / 20_000d);

    private static void AssertNear(int said, double measured) =>
        Assert.True(
            Math.Abs(measured - said) <= said * 0.1,
            string.Create(
                CultureInfo.InvariantCulture,
                $"{measured:0} bytes were measured and {said} are said: correct MeasuredSizes."
            )
        );

    /// <summary>
    /// Ids of 10 bytes; users, items and times in an order without a pattern, for what compresses better than real
    /// events would lie.
    /// </summary>
    private static IEnumerable<Interaction> Events(int count, int? user) =>
        Enumerable
            .Range(0, count)
            .Select(i => new Interaction
            {
                EventId = EventId.Parse(
                    string.Create(CultureInfo.InvariantCulture, $"{unchecked((ulong)i * 0x9E3779B97F4A7C15UL):x16}")
                ),
                UserId = user is null
                    ? Some.User(string.Create(CultureInfo.InvariantCulture, $"user-{Scatter(i, 90_000) + 10_000}"))
                    : Some.User("user-12345"),
                ItemId = Item(Scatter(i * 7, 5_000)),
                Type = i % 5 == 0 ? InteractionType.Parse("purchase") : InteractionType.View,
                OccurredAt = Some.Noon.AddMilliseconds((i * 83) + Scatter(i, 83)),
                ArrivedAt = Some.Noon.AddMilliseconds((i * 83) + 400 + Scatter(i * 3, 200)),
                Position = new Position(
                    $"shardId-00000000000{i % 4}",
                    SequenceNumber.Parse(
                        string.Create(
                            CultureInfo.InvariantCulture,
                            $"4959033827149025660855969253836157109592157598{1_000_000_000 + (i * 97L) + Scatter(i, 97)}"
                        )
                    )
                ),
            });

    private static int Scatter(int i, int below) => (int)(unchecked((uint)i * 2_654_435_761U) % (uint)below);

    private static ItemId Item(int number) =>
        Some.Item(string.Create(CultureInfo.InvariantCulture, $"item-{number % 100_000:D5}"));
}
