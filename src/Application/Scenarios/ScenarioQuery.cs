using Recommendation.Application.Recommendations;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Items;
using Recommendation.Domain.Models;
using Recommendation.Domain.Recommendations;

namespace Recommendation.Application.Scenarios;

/// <summary>What is asked of a scenario.</summary>
/// <param name="Subject">For whom.</param>
/// <param name="Count">How many items are wanted.</param>
/// <param name="Filter">What the request leaves out, besides the scenario's own filter.</param>
internal sealed record ScenarioQuery(ListSubject Subject, int Count, ListFilter Filter)
{
    /// <summary>The items of the basket; empty for none.</summary>
    internal IReadOnlyList<ItemId> Basket { get; init; } = [];

    /// <summary>The items that are to be put in order; null for any item.</summary>
    internal IReadOnlyList<ItemId>? Candidates { get; init; }

    /// <summary>The model of the user's variant of an experiment; null for the current model.</summary>
    internal ModelVersion? Variant { get; init; }

    /// <summary>The user's stored list, read once although several lists are made of it; null until it is.</summary>
    internal Task<RecommendationList?>? Stored { get; set; }

    /// <summary>What the request says of itself.</summary>
    internal IReadOnlyDictionary<string, AttributeValue> Context { get; init; } =
        new Dictionary<string, AttributeValue>(StringComparer.Ordinal);
}
