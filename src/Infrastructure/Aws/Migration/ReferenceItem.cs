using System.Globalization;
using System.Text.Json;
using Amazon.DynamoDBv2.Model;
using Recommendation.Aws.DynamoDb;
using Recommendation.Domain;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Profiles;
using Recommendation.Domain.Recommendations;
using Item = System.Collections.Generic.Dictionary<string, Amazon.DynamoDBv2.Model.AttributeValue>;

namespace Recommendation.Aws.Migration;

/// <summary>
/// An item of the reference system's table: keyed by the user alone, times as texts with and without an offset, the
/// list within the profile. It kept no types and no history but the last item, so all it counted becomes <c>other</c>.
/// </summary>
internal static class ReferenceItem
{
    /// <param name="item">The item.</param>
    /// <param name="now">Times further ahead than clocks differ are not believed.</param>
    /// <returns>
    /// The profile, null where the item names no user or no count; and the sentence that says what could not be kept,
    /// null where all could.
    /// </returns>
    internal static (UserProfile? Profile, string? Problem) ToProfile(Item item, DateTimeOffset now)
    {
        if (UserId.TryParse(IdOf(item.GetValueOrDefault(ProfileTable.UserId))) is not { } user)
            return (null, $"userId '{IdOf(item.GetValueOrDefault(ProfileTable.UserId))}' is no user id.");
        if (Number(item, ProfileItem.InteractionCount) is not { } count || count < 0)
            return (null, $"The item of user '{user}' has no interactionCount.");
        if (count == 0)
            return (UserProfile.New(user), null);
        var counted = UserProfile.New(user) with
        {
            InteractionCount = count,
            Counts = [new TypeCount(InteractionType.Other, count)],
        };
        const string kept = "Its count is kept; it becomes active with the next event.";
        if (TimeOf(item, ProfileItem.LastInteraction) is not { } last)
            return (
                counted with
                {
                    MissesHistory = true,
                },
                $"The item of user '{user}' has no lastInteraction that can be read. {kept}"
            );
        if (last < Timestamps.Earliest || last > now + Interaction.MaximumAhead)
            return (
                counted with
                {
                    MissesHistory = true,
                },
                $"The item of user '{user}' has lastInteraction {Timestamps.Format(last)}, which can't be right. {kept}"
            );
        counted = counted with { FirstInteraction = last }; // The earliest that is known; nothing earlier was kept.
        return ItemId.TryParse(IdOf(item.GetValueOrDefault(ProfileItem.LastItemId))) is { } lastItem
            ? (
                counted with
                {
                    Recent = [new RecentInteraction(last, EventKey: 0, lastItem, InteractionType.View)],
                    MissesHistory = count > 1,
                },
                null
            )
            : (
                counted with
                {
                    MissesHistory = true,
                },
                $"The item of user '{user}' has no lastItemId that can be read. {kept}"
            );
    }

    /// <returns>
    /// The list of the item, null where it has none that can be read; and the sentence that says so where there is
    /// something else than an empty list.
    /// </returns>
    internal static (RecommendationList? List, string? Problem) ToList(
        Item item,
        UserProfile profile,
        DateTimeOffset now
    )
    {
        if (item.GetValueOrDefault(ProfileTable.Recommendations) is not { } stored || stored.NULL is true)
            return (null, null);
        if (ElementsOf(stored) is not { } elements)
            return (
                null,
                $"The recommendations of user '{profile.UserId}' are no list that can be read; the list is left out."
            );
        var ranked = elements.Select(ToRanked).OfType<RankedItem>().ToList();
        if (ranked.Count == 0)
            return (
                null,
                elements.Count == 0
                    ? null
                    : $"None of the recommendations of user '{profile.UserId}' names an item; the list is left out."
            );
        var updated =
            TimeOf(item, ProfileItem.LastUpdated) is { } at && at <= now
                ? at
                : profile.LastInteraction ?? Timestamps.Earliest;
        return (ListOf(profile, ranked, updated), null);
    }

    private static RecommendationList ListOf(UserProfile profile, List<RankedItem> ranked, DateTimeOffset at) =>
        new()
        {
            UserId = profile.UserId,
            Items = RankedItems.From(ranked, ranked.Count),
            Source = ListSource.Batch,
            UpdatedAt = at,
            // Of no version of the new profile: shown until something better can be ranked.
            ProfileVersion = 0,
        };

    /// <summary>
    /// A list, a list under <c>recommendations</c>, or either as JSON text; null where it is none of them.
    /// </summary>
    private static List<AttributeValue>? ElementsOf(AttributeValue stored) => stored switch
    {
        { L: { } list } => list,
        { M: { } map } when map.GetValueOrDefault(ProfileTable.Recommendations)?.L is { } inner => inner,
        { S: { } text } => ElementsOf(text),
        _ => null,
    };

    private static List<AttributeValue>? ElementsOf(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            var root = document.RootElement;
            var list =
                root.ValueKind == JsonValueKind.Object
                && root.TryGetProperty(ProfileTable.Recommendations, out var inner)
                    ? inner
                    : root;
            return list.ValueKind == JsonValueKind.Array ? [.. list.EnumerateArray().Select(ToAttribute)] : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static AttributeValue ToAttribute(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => new AttributeValue
        {
            M = element
                .EnumerateObject()
                .ToDictionary(member => member.Name, member => ToAttribute(member.Value), StringComparer.Ordinal),
        },
        JsonValueKind.Number => new AttributeValue { N = element.GetRawText() },
        JsonValueKind.String => new AttributeValue(element.GetString()),
        _ => new AttributeValue { NULL = true },
    };

    /// <summary>An id, which the reference system also stores as a number where the event has one.</summary>
    private static string? IdOf(AttributeValue? value) => value?.S ?? value?.N;

    private static long? Number(Item item, string name) =>
        long.TryParse(
            item.GetValueOrDefault(name)?.N,
            NumberStyles.AllowLeadingSign,
            CultureInfo.InvariantCulture,
            out var number
        )
            ? number
            : null;

    private static DateTimeOffset? TimeOf(Item item, string name)
    {
        var text = IdOf(item.GetValueOrDefault(name));
        var time = Timestamps.Parse(text);
        // As milliseconds it would be January 1970: these are seconds.
        return
            time < Timestamps.Earliest
            && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            ? DateTimeOffset.FromUnixTimeSeconds(seconds)
            : time;
    }

    /// <summary>Bare ids, or maps of an id and a score that was written as a number or as a text.</summary>
    private static RankedItem? ToRanked(AttributeValue element, int rank)
    {
        var id = IdOf(element) ?? IdOf(element.M?.GetValueOrDefault("itemId"));
        if (ItemId.TryParse(id) is not { } item)
            return null;
        var score = element.M?.GetValueOrDefault("score");
        return
            double.TryParse(score?.N ?? score?.S, NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
            && double.IsFinite(value)
            ? new RankedItem(item, Score.Of(value))
            : new RankedItem(item, Score.Of(1.0 / (rank + 1)));
    }
}
