using Recommendation.Domain.Interactions;
using Recommendation.Domain.Profiles;

namespace Recommendation.Domain.Tests.Profiles;

/// <summary>
/// What a profile should hold, worked out from the whole log at once and without the code under test.
/// </summary>
internal static class CleanPass
{
    internal static UserProfile Over(IEnumerable<Interaction> log)
    {
        var events = log.DistinctBy(one => one.Position)
            .DistinctBy(one => one.EventId?.Value ?? one.Position.ToString(), StringComparer.Ordinal)
            .ToArray();
        return UserProfile.New(Some.User) with
        {
            InteractionCount = events.Length,
            FirstInteraction = events.Length == 0 ? null : events.Min(one => one.OccurredAt),
            Counts =
            [
                .. events
                    .CountBy(
                        one => one.Type.Value is "share" or "listen" ? "other" : one.Type.Value,
                        StringComparer.Ordinal
                    )
                    .OrderBy(count => count.Key, StringComparer.Ordinal)
                    .Select(count => new TypeCount(InteractionType.Parse(count.Key), count.Value)),
            ],
            // Ids are ASCII and at most 8 long here, so that their text decides as their first 8 bytes do.
            Recent = [.. events
                .OrderByDescending(one => one.OccurredAt)
                .ThenByDescending(one => one.EventId?.Value ?? "", StringComparer.Ordinal)
                .ThenByDescending(one => one.ItemId.Value, StringComparer.Ordinal)
                .ThenByDescending(one => one.Type.Value, StringComparer.Ordinal)
                .Take(50)
                .Select(RecentInteraction.From)],
        };
    }
}
