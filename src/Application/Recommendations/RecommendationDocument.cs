using System.Text.Json.Serialization;
using Recommendation.Domain;
using Recommendation.Domain.Recommendations;

namespace Recommendation.Application.Recommendations;

/// <summary>A stored list as JSON: the reference system's attribute names, and what is new.</summary>
public sealed record RecommendationDocument
{
    public required string UserId { get; init; }

    public required IReadOnlyList<RankedItemDocument> Recommendations { get; init; }

    public required string LastUpdated { get; init; }

    public required string? ModelVersion { get; init; }

    public required string? RunId { get; init; }

    public required string Source { get; init; }

    public required long ProfileVersion { get; init; }

    public static RecommendationDocument From(RecommendationList list)
    {
        ArgumentNullException.ThrowIfNull(list);
        return new()
        {
            UserId = list.UserId.Value,
            Recommendations =
            [
                .. list.Items.Select(item => new RankedItemDocument(
                    item.ItemId.Value,
                    item.Score.Value,
                    [.. item.Because.Select(reason => reason.Value)],
                    item.Source?.ToText()
                )),
            ],
            LastUpdated = Timestamps.Format(list.UpdatedAt),
            ModelVersion = list.ModelVersion?.Value,
            RunId = list.RunId?.Value,
            Source = list.Source.ToText(),
            ProfileVersion = list.ProfileVersion,
        };
    }
}

/// <summary>An item of a list as JSON.</summary>
/// <param name="Source">Where the item comes from if not from where its list comes from; else left out.</param>
public sealed record RankedItemDocument(
    string ItemId, double Score, IReadOnlyList<string> Because,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Source = null);

/// <summary>How lists are written as JSON.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(RecommendationDocument))]
public sealed partial class RecommendationJson : JsonSerializerContext;
