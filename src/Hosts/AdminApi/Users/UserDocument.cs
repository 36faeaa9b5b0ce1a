using System.Text.Json;
using System.Text.Json.Serialization;
using Recommendation.Application.Profiles;
using Recommendation.Application.Recommendations;
using Recommendation.Domain;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Items;
using Recommendation.Domain.Recommendations;

namespace Recommendation.AdminApi.Users;

/// <summary>What is kept of a user.</summary>
/// <param name="Recent">The newest interactions, newest first.</param>
/// <param name="List">The stored list; null where there is none yet.</param>
/// <param name="Attributes">The user's attributes by name.</param>
/// <param name="MergedInto">The user that this id was merged into; absent if it was not.</param>
/// <param name="MergedUsers">The ids that were merged into this user; absent if there are none.</param>
internal sealed record UserDocument(
    string UserId, long InteractionCount, string? FirstInteraction, string? LastInteraction, string? LastItemId,
    IReadOnlyDictionary<string, long> Counts, IReadOnlyList<RecentItemDocument> Recent, StoredListDocument? List,
    IReadOnlyDictionary<string, JsonElement> Attributes,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? MergedInto = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<string>? MergedUsers = null)
{
    internal static UserDocument From(ShownUser user)
    {
        var profile = ProfileDocument.From(user.Profile);
        return new(
            profile.UserId,
            profile.InteractionCount,
            profile.FirstInteraction,
            profile.LastInteraction,
            profile.LastItemId,
            profile.Counts,
            [
                .. user.Profile.Recent.Select(recent => new RecentItemDocument(
                    recent.ItemId.Value,
                    user.Titles.GetValueOrDefault(recent.ItemId),
                    recent.Type.Value,
                    Timestamps.Format(recent.At)
                )),
            ],
            user.List is { } list
                ? StoredListDocument.From(list, user.Titles, user.ListIsCurrent)
                : null,
            AttributeJson.ToElements(user.Attributes),
            profile.MergedInto,
            profile.MergedUsers
        );
    }
}

/// <summary>One of a user's newest interactions.</summary>
internal sealed record RecentItemDocument(string ItemId, string? Title, string Type, string At);

/// <summary>A stored list.</summary>
/// <param name="IsCurrent">Whether it was made from the profile as it is now.</param>
internal sealed record StoredListDocument(
    string Source,
    string? ModelVersion,
    string? RunId,
    string LastUpdated,
    bool IsCurrent,
    IReadOnlyList<ListedItemDocument> Recommendations
)
{
    internal static StoredListDocument From(
        RecommendationList list,
        IReadOnlyDictionary<ItemId, string> titles,
        bool isCurrent
    ) =>
        new(
            list.Source.ToText(),
            list.ModelVersion?.Value,
            list.RunId?.Value,
            Timestamps.Format(list.UpdatedAt),
            isCurrent,
            [
                .. list.Items.Select(item => new ListedItemDocument(
                    item.ItemId.Value,
                    titles.GetValueOrDefault(item.ItemId),
                    item.Score.Value,
                    [
                        .. item.Because.Select(reason => new TitledDocument(
                            reason.Value,
                            titles.GetValueOrDefault(reason)
                        )),
                    ]
                )),
            ]
        );
}
