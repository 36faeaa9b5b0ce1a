using System.Text.Json;
using System.Text.Json.Serialization;
using Recommendation.AdminApi.Scenarios;
using Recommendation.AdminApi.Users;

namespace Recommendation.AdminApi.Pages;

/// <summary>What a page saw and did, for one anonymous id.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record SeenBody
{
    /// <summary>Who: <c>anon-</c> and a random UUID.</summary>
    public required string AnonymousId { get; init; }

    /// <summary>What was done with items; at most 100.</summary>
    public IReadOnlyList<SeenEvent>? Events { get; set; }

    /// <summary>Which items of lists were on screen; at most 100 lists.</summary>
    public IReadOnlyList<SeenItems>? Impressions { get; set; }
}

/// <summary>Something that was done with an item.</summary>
/// <param name="EventId">Names the event, so that it counts once however often it is sent.</param>
/// <param name="Type">What was done.</param>
/// <param name="RecommendationId">The list that led to it; null for none.</param>
/// <param name="Ago">How many milliseconds before the request it happened: a page's clock may be wrong.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record SeenEvent(
    string EventId, string ItemId, string Type, string? RecommendationId = null, long Ago = 0);

/// <summary>Items of a list that were on screen.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record SeenItems(string RecommendationId, IReadOnlyList<string> Items, long Ago = 0);

/// <summary>What became of events and impressions.</summary>
/// <param name="Accepted">New, and on disk.</param>
/// <param name="Duplicates">Known already.</param>
/// <param name="Rejected">Not valid; they are not kept.</param>
internal sealed record SeenDocument(int Accepted, int Duplicates, int Rejected);

/// <summary>What list a page asks for.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed class PageListBody
{
    /// <summary>The scenario.</summary>
    public required string Scenario { get; set; }

    /// <summary>The visitor; absent for one of whom nothing is kept.</summary>
    public string? AnonymousId { get; set; }

    /// <summary>The items of the basket.</summary>
    public IReadOnlyList<string>? Basket { get; set; }

    /// <summary>Items to be put in order.</summary>
    public IReadOnlyList<string>? Candidates { get; set; }

    /// <summary>Items to leave out.</summary>
    public IReadOnlyList<string>? Exclude { get; set; }

    /// <summary>What conditions know as <c>context</c>.</summary>
    public IReadOnlyDictionary<string, JsonElement>? Context { get; set; }

    /// <summary>Properties of the catalogue to give with each item.</summary>
    public IReadOnlyList<string>? Fields { get; set; }

    /// <summary>How many items to give at most.</summary>
    public int? N { get; set; }

    internal RecommendBody ToBody() => new()
    {
        Scenario = Scenario,
        UserId = AnonymousId,
        Basket = Basket,
        Candidates = Candidates,
        Exclude = Exclude,
        Context = Context,
        N = N,
    };
}

/// <summary>A list as a page gets it: nothing that says what the visitor did before.</summary>
internal sealed record PageListDocument(
    string Scenario, string? RecommendationId, string Source, IReadOnlyList<PageItemDocument> Recommendations)
{
    internal static PageListDocument From(ListDocument list, string scenario) => new(
        scenario, list.RecommendationId, list.Source,
        [.. list.Recommendations.Select(item => new PageItemDocument(item.ItemId, item.Title, item.Fields))]);
}

/// <summary>An item of a page's list.</summary>
internal sealed record PageItemDocument(
    string ItemId, string? Title,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    IReadOnlyDictionary<string, JsonElement>? Fields);
