using System.Text.Json.Serialization;

namespace Recommendation.Client;

/// <summary>A list of a scenario, for a user, a visitor's session, a basket or candidates. Nothing is stored.</summary>
public sealed class ListRequest
{
    /// <summary>The scenario; null for <c>default</c>.</summary>
    public string? Scenario { get; set; }

    /// <summary>The user; null for a visitor.</summary>
    public string? UserId { get; set; }

    /// <summary>A visitor's interactions; at most 1,000.</summary>
    public IReadOnlyList<SessionEvent>? History { get; set; }

    /// <summary>Items of the basket: they are not offered, and scenarios may find what goes with them.</summary>
    public IReadOnlyList<string>? Basket { get; set; }

    /// <summary>Items to put in order, such as the result of a search; null for any item.</summary>
    public IReadOnlyList<string>? Candidates { get; set; }

    /// <summary>Items to leave out; at most 500.</summary>
    public IReadOnlyList<string>? Exclude { get; set; }

    /// <summary>What conditions know as <c>context</c>: texts, numbers, and true or false by name.</summary>
    public IReadOnlyDictionary<string, AttributeValue>? Context { get; set; }

    /// <summary>Properties and attributes of the catalogue to give with each item; at most 32.</summary>
    public IReadOnlyList<string>? Fields { get; set; }

    /// <summary>How many items to give at most; null for what the scenario says, or for all candidates.</summary>
    [JsonPropertyName("n")]
    public int? Count { get; set; }
}

/// <summary>An interaction of a visitor.</summary>
public sealed record SessionEvent(string ItemId)
{
    /// <summary>The type; null for <c>view</c>.</summary>
    public string? InteractionType { get; init; }

    /// <summary>When; null for now.</summary>
    public DateTimeOffset? Timestamp { get; init; }
}

internal sealed record SimilarRequest(
    IReadOnlyList<string> Items,
    [property: JsonPropertyName("n")] int? Count,
    IReadOnlyList<string> Exclude,
    IReadOnlyList<string> Category,
    string? By);
