using System.Globalization;
using Recommendation.Application.Interactions;
using Recommendation.Domain.Batches;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Models;
using Recommendation.Domain.Quarantine;
using Recommendation.Domain.Recommendations;

namespace Recommendation.Application.Tests.Given;

/// <summary>Test data: what a test does not name does not matter to it.</summary>
internal static class Some
{
    internal static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    internal static readonly UserId Ann = UserId.Parse("ann");

    internal static readonly UserId Bob = UserId.Parse("bob");

    internal static readonly BatchRunId Run = BatchRunId.Parse("run-1");

    internal static readonly ModelVersion Model = ModelVersion.Parse("m1");

    internal static UserId User(int number) =>
        UserId.Parse(string.Create(CultureInfo.InvariantCulture, $"user-{number:00000}"));

    internal static ItemId Item(string id) => ItemId.Parse(id);

    internal static Position At(long sequence, int index = 0, string partition = "local") =>
        new(partition, SequenceNumber.From(sequence), index);

    /// <summary>
    /// An interaction that is in the log, and happened and arrived at noon plus its sequence in seconds.
    /// </summary>
    internal static Interaction Interaction(
        long sequence, UserId? user = null, string? item = null, string? id = null, DateTimeOffset? at = null,
        DateTimeOffset? arrived = null, string partition = "local", int index = 0) => new()
        {
            EventId = id is null ? null : EventId.Parse(id),
            UserId = user ?? Ann,
            ItemId = Item(item ?? $"i{sequence}"),
            Type = InteractionType.View,
            OccurredAt = at ?? Noon.AddSeconds(sequence),
            ArrivedAt = arrived ?? Noon.AddSeconds(sequence),
            Position = At(sequence, index, partition),
        };

    /// <summary>Interactions at positions 1, 2, 3 … of the users in turn, each with an event id of its own.</summary>
    internal static Interaction[] Interactions(int count, params UserId[] users) =>
        [.. Enumerable.Range(1, count).Select(n => Interaction(n, users[n % users.Length], id: $"e{n}"))];

    internal static IncomingEvent Event(
        long line, string? user = "ann", string? item = "i1", string? id = null, string? timestamp = null) => new()
        {
            Event = new RawInteraction
            {
                UserId = user,
                ItemId = item,
                EventId = id ?? $"e{line}",
                Timestamp = timestamp,
            },
            Source = At(line, partition: "file:events"),
        };

    /// <summary>A record that the decoder rejected.</summary>
    internal static QuarantinedRecord Poison(long sequence, string raw = "{\"userId\":", UserId? user = null) => new()
    {
        Position = At(sequence),
        ArrivedAt = Noon.AddSeconds(sequence),
        Rejection = new Rejection(RejectionCode.Malformed, "The record is not valid JSON."),
        Raw = System.Text.Encoding.UTF8.GetBytes(raw),
        UserId = user,
    };

    internal static RankedItems Items(params string[] ids) =>
        RankedItems.From(ids.Select((id, i) => new RankedItem(Item(id), Score.Of(1.0 / (i + 1)))), ids.Length);
}
