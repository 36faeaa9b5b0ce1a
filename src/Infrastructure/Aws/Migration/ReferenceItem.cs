using System.Globalization;
using Amazon.DynamoDBv2.Model;
using Recommendation.Aws.DynamoDb;
using Recommendation.Domain;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Profiles;
using Recommendation.Domain.Recommendations;
using Item = System.Collections.Generic.Dictionary<string, Amazon.DynamoDBv2.Model.AttributeValue>;

namespace Recommendation.Aws.Migration;

/// <summary>
/// An item of the reference system's table: keyed by the user alone, times as texts with and without an offset, the list within
/// the profile. It kept no types and no history but the last item, so all it counted becomes <c>other</c>.
/// </summary>
internal static class ReferenceItem
{
    /// <returns>The profile, or the sentence that says why the item is none.</returns>
    internal static (UserProfile? Profile, string? Problem) ToProfile(Item item)
    {
        if (UserId.TryParse(item.TextOrNull(ProfileTable.UserId)) is not { } user)
            return (null, $"userId '{item.TextOrNull(ProfileTable.UserId)}' is no user id.");
        if (Number(item, ProfileItem.InteractionCount) is not { } count || count < 0)
            return (null, $"The item of user '{user}' has no interactionCount.");
        if (count == 0)
            return (UserProfile.New(user), null);
        if (TimeOf(item, ProfileItem.LastInteraction) is not { } last)
            return (null, $"The item of user '{user}' has no lastInteraction that can be read.");
        if (ItemId.TryParse(item.TextOrNull(ProfileItem.LastItemId)) is not { } lastItem)
            return (null, $"The item of user '{user}' has no lastItemId.");
        return (UserProfile.New(user) with
        {
            InteractionCount = count,
            // The earliest that is known; nothing earlier was kept.
            FirstInteraction = last,
            Counts = [new TypeCount(InteractionType.Other, count)],
            // The reference kept no type; its default was a view.
            Recent = [new RecentInteraction(last, EventKey: 0, lastItem, InteractionType.View)],
        }, null);
    }

    /// <returns>The list of the item; null where it has none that can be read.</returns>
    internal static RecommendationList? ToList(Item item, UserProfile profile)
    {
        var ranked = item.ElementsOf(ProfileTable.Recommendations).Select(ToRanked).OfType<RankedItem>().ToList();
        var updated = TimeOf(item, ProfileItem.LastUpdated) ?? profile.LastInteraction;
        if (ranked.Count == 0 || updated is not { } at)
            return null;
        return new RecommendationList
        {
            UserId = profile.UserId,
            Items = RankedItems.From(ranked, ranked.Count),
            Source = ListSource.Batch,
            UpdatedAt = at,
            // Of no version of the new profile: shown until something better can be ranked.
            ProfileVersion = 0,
        };
    }

    private static long? Number(Item item, string name) =>
        long.TryParse(item.GetValueOrDefault(name)?.N, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static DateTimeOffset? TimeOf(Item item, string name)
    {
        var value = item.GetValueOrDefault(name);
        return Timestamps.Parse(value?.S ?? value?.N);
    }

    /// <summary>Bare ids, or maps of an id and a score that was written as a number or as a text.</summary>
    private static RankedItem? ToRanked(AttributeValue element, int rank)
    {
        var id = element.S ?? element.M?.GetValueOrDefault("itemId")?.S;
        if (ItemId.TryParse(id) is not { } item)
            return null;
        var score = element.M?.GetValueOrDefault("score");
        return double.TryParse(score?.N ?? score?.S, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value)
            ? new RankedItem(item, Score.Of(value)) : new RankedItem(item, Score.Of(1.0 / (rank + 1)));
    }
}
