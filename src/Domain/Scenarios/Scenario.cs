using System.Text.Json.Serialization;

namespace Recommendation.Domain.Scenarios;

/// <summary>
/// How lists are made for one place of a shop, such as the home page or the basket. The stages have a fixed order:
/// source, eligible items, filter, score, boosts, diversity, promotions, pins, fill-up.
/// </summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record Scenario
{
    // Set and not init: what a document leaves out keeps the value given here.

    /// <summary>Where the candidates come from; see <see cref="ScenarioSources"/>.</summary>
    public string Source { get; set; } = ScenarioSources.Personal;

    /// <summary>The window of popular items: hour, day, week or month; null for what is popular by the model.</summary>
    public string? Window { get; set; }

    /// <summary>A condition that every item of the list meets; null for none.</summary>
    public string? Filter { get; set; }

    /// <summary>What raises or lowers the scores of items.</summary>
    public IReadOnlyList<Boost> Boosts { get; set; } = [];

    /// <summary>Items with a fixed place.</summary>
    public IReadOnlyList<Pin> Pins { get; set; } = [];

    /// <summary>Shares of the places that go to certain items.</summary>
    public IReadOnlyList<Promotion> Promotions { get; set; } = [];

    /// <summary>How alike the items of a list may be; null for any likeness.</summary>
    public Diversity? Diversity { get; set; }

    /// <summary>A share of the places for new items; null for none.</summary>
    public Exploration? Exploration { get; set; }

    /// <summary>Whether popular items fill up lists that the source leaves short.</summary>
    public bool FillUp { get; set; } = true;

    /// <summary>Whether items that the user acted on are offered again; null for what the settings say.</summary>
    public bool? Repeats { get; set; }

    /// <summary>How many items a list has unless the request says otherwise.</summary>
    public int N { get; set; } = 10;
}

/// <summary>The sources of candidates.</summary>
public static class ScenarioSources
{
    /// <summary>What the model ranks for the user.</summary>
    public const string Personal = "personal";

    /// <summary>What goes with the items of the request's basket.</summary>
    public const string Similar = "similar";

    /// <summary>What is popular, by the model or within a window.</summary>
    public const string Popular = "popular";

    /// <summary>The items that were created last.</summary>
    public const string Newest = "newest";

    /// <summary>The request's own candidates, in the order in which the model ranks them for the user.</summary>
    public const string Candidates = "candidates";

    /// <summary>All of them.</summary>
    public static readonly IReadOnlyList<string> All = [Personal, Similar, Popular, Newest, Candidates];
}

/// <summary>Raises or lowers the scores of the items that meet a condition.</summary>
/// <param name="When">The condition.</param>
/// <param name="Multiply">What scores are multiplied with; null for 1.</param>
/// <param name="Add">What is added to the product; null for 0.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record Boost(string When, double? Multiply = null, double? Add = null)
{
    /// <summary>The score after the boost.</summary>
    /// <remarks>A negative score is divided, so that a factor above 1 raises every score.</remarks>
    public double ApplyTo(double score)
    {
        var factor = Multiply ?? 1;
        var multiplied = score >= 0 ? score * factor : factor > 0 ? score / factor : score;
        return multiplied + (Add ?? 0);
    }
}

/// <summary>An item with a fixed place. It is shown only if it may be recommended, and meets the filter.</summary>
/// <param name="ItemId">The item.</param>
/// <param name="Place">Its place, from 1.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record Pin(string ItemId, int Place);

/// <summary>A share of the places that goes to the items that meet a condition, no more and no fewer.</summary>
/// <param name="Filter">The condition. An item that meets several counts for the first.</param>
/// <param name="Share">The share of the places, from 0 to 1; so many places as are whole.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record Promotion(string Filter, double Share);

/// <summary>A share of the places that goes to new items, so that they get feedback.</summary>
/// <param name="Share">The share, in the mean over many lists.</param>
/// <param name="Days">Items are new for so many days after <c>createdAt</c>.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record Exploration(double Share, int Days = 14);

/// <summary>How alike the items of a list may be: by an attribute, by the model, or both.</summary>
/// <param name="By">The attribute that is looked at, such as <c>categories</c>; each value of a list counts. Null for
/// none.</param>
/// <param name="Max">The most items with one value within a window.</param>
/// <param name="Window">How many places in a row a window has.</param>
/// <param name="Similarity">How much the similarity to an item that is in the list already counts against a candidate,
/// above 0 to 1: the rest is what its score counts. Null for not at all.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record Diversity(
    string? By = null, int? Max = null, int? Window = null, double? Similarity = null);
