using System.Text.Json.Serialization;
using Recommendation.AdminApi.Http;
using Recommendation.AdminApi.Users;
using Recommendation.Application.Recommendations;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Recommendations;

namespace Recommendation.AdminApi.Items;

/// <summary>What is to go with some items.</summary>
/// <param name="Items">The items, such as those of a basket.</param>
/// <param name="N">How many items to give at most; 10 where it is absent.</param>
/// <param name="Exclude">Ids of items to leave out.</param>
/// <param name="Category">Categories of which an item must have one.</param>
/// <param name="By">What makes items similar: <c>behaviour</c>, <c>content</c> or <c>both</c>; both where it is
/// absent.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record SimilarBody(
    IReadOnlyList<string> Items,
    int? N = null,
    IReadOnlyList<string>? Exclude = null,
    IReadOnlyList<string>? Category = null,
    string? By = null)
{
    internal static readonly string[] Ways = ["behaviour", "content", "both"];

    internal SimilarItems ToRequest() => new(
        [.. Items.Select(item => PathIds.Read(ItemId.Parse, item))],
        N ?? RankedItems.DefaultShown,
        ListFilters.Of(Exclude ?? [], Category ?? []),
        ReadBy(By));

    internal static SimilarBy ReadBy(string? by) => by switch
    {
        null or "both" => SimilarBy.Both,
        "behaviour" => SimilarBy.Behaviour,
        "content" => SimilarBy.Content,
        _ => throw ApiProblem.Wrong("by is unknown; give behaviour, content or both."),
    };
}
