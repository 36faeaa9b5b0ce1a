using System.Text.Json;
using System.Text.Json.Serialization;
using Recommendation.AdminApi.Http;
using Recommendation.Application.Recommendations;
using Recommendation.Application.Scenarios;
using Recommendation.Domain;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Items;
using Recommendation.Domain.Profiles;
using Recommendation.Domain.Scenarios;

namespace Recommendation.AdminApi.Scenarios;

/// <summary>What a list is asked for.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed class RecommendBody
{
    private const int MaximumContext = 32;
    private const int MaximumContextText = 1_000;

    /// <summary>The scenario; absent for <c>default</c>.</summary>
    public string Scenario { get; set; } = "default";

    /// <summary>The user; absent for a visitor.</summary>
    public string? UserId { get; set; }

    /// <summary>A visitor's interactions, which are not stored; at most 1,000.</summary>
    public IReadOnlyList<SessionEvent>? History { get; set; }

    /// <summary>The items of the basket: they are not offered, and scenarios may find what goes with them.</summary>
    public IReadOnlyList<string>? Basket { get; set; }

    /// <summary>Items to be put in order, such as the result of a search; absent for any item.</summary>
    public IReadOnlyList<string>? Candidates { get; set; }

    /// <summary>Items to leave out; at most 500.</summary>
    public IReadOnlyList<string>? Exclude { get; set; }

    /// <summary>What conditions know as <c>context</c>: texts, numbers, and true or false by name.</summary>
    public IReadOnlyDictionary<string, JsonElement>? Context { get; set; }

    /// <summary>Properties and attributes of the catalogue to give with each item; at most 32 names.</summary>
    public IReadOnlyList<string>? Fields { get; set; }

    /// <summary>How many items to give at most; absent for what the scenario says, or for all candidates.</summary>
    public int? N { get; set; }

    internal RecommendForScenario ToRequest(DateTimeOffset now) => new(
        PathIds.Read(ScenarioName.Parse, Scenario),
        UserId is null ? null : PathIds.Read(Domain.Interactions.UserId.Parse, UserId))
    {
        Count = N,
        History = History?.Select((one, i) => (one ?? throw ApiProblem.Wrong($"history[{i}] is null.")).ToEntry(i, now))
            .ToList(),
        Basket = ItemsOf(Basket) ?? [],
        Candidates = ItemsOf(Candidates),
        Filter = new ListFilter(Exclude is null ? null : ItemsOf(Exclude)!.ToHashSet()),
        Context = ContextOf(Context),
    };

    internal static List<ItemId>? ItemsOf(IReadOnlyList<string>? ids) =>
        ids?.Select(id => PathIds.Read(ItemId.Parse, id)).ToList();

    internal static Dictionary<string, AttributeValue> ContextOf(IReadOnlyDictionary<string, JsonElement>? members)
    {
        var context = new Dictionary<string, AttributeValue>(StringComparer.Ordinal);
        if (members?.Count > MaximumContext)
            throw ApiProblem.Wrong($"context has {members.Count} members; give at most {MaximumContext}.");
        foreach (var (name, value) in members ?? new Dictionary<string, JsonElement>(StringComparer.Ordinal))
        {
            context[name] = value.ValueKind switch
            {
                JsonValueKind.String when value.GetString()!.Length <= MaximumContextText =>
                    AttributeValue.Of(value.GetString()!),
                JsonValueKind.Number when value.TryGetDouble(out var number) && double.IsFinite(number) =>
                    AttributeValue.Of(number),
                JsonValueKind.True => AttributeValue.Of(true),
                JsonValueKind.False => AttributeValue.Of(false),
                _ => throw ApiProblem.Wrong(
                    $"context.{name} is no text of at most {MaximumContextText} characters, number, true or false."),
            };
        }
        return context;
    }
}

/// <summary>An interaction of a visitor.</summary>
/// <param name="ItemId">The item.</param>
/// <param name="InteractionType">The type; <c>view</c> if absent.</param>
/// <param name="Timestamp">When; now if absent.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record SessionEvent(string ItemId, string InteractionType = "view", string? Timestamp = null)
{
    internal HistoryEntry ToEntry(int index, DateTimeOffset now)
    {
        var at = Timestamp is null ? now : Timestamps.Parse(Timestamp)
            ?? throw ApiProblem.Wrong(
                $"history[{index}].timestamp '{Timestamp}' is no time; write it as 2026-03-01T12:00:00Z.");
        return new(
            PathIds.Read(Domain.Interactions.ItemId.Parse, ItemId),
            PathIds.Read(Domain.Interactions.InteractionType.Parse, InteractionType),
            Timestamps.ToMilliseconds(at)
        );
    }
}
