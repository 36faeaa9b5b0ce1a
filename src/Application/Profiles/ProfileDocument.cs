using System.Text.Json.Serialization;
using Recommendation.Domain;
using Recommendation.Domain.Profiles;

namespace Recommendation.Application.Profiles;

/// <summary>A profile as JSON: the reference system's attribute names, and what is new.</summary>
public sealed record ProfileDocument
{
    public required string UserId { get; init; }

    public required long InteractionCount { get; init; }

    public required string? FirstInteraction { get; init; }

    public required string? LastInteraction { get; init; }

    public required string? LastItemId { get; init; }

    public required IReadOnlyDictionary<string, long> Counts { get; init; }

    public required IReadOnlyList<RecentDocument> Recent { get; init; }

    /// <summary>
    /// Whether every interaction that was counted is remembered; if not, <c>recommend rebuild</c> makes it whole.
    /// </summary>
    public required bool HistoryIsComplete { get; init; }

    /// <summary>The user that this id was merged into; left out if it was not.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? MergedInto { get; init; }

    /// <summary>The ids that were merged into this user; left out if there are none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? MergedUsers { get; init; }

    public static ProfileDocument From(UserProfile profile)
    {
        ArgumentNullException.ThrowIfNull(profile);
        return new()
        {
            UserId = profile.UserId.Value,
            InteractionCount = profile.InteractionCount,
            FirstInteraction = profile.FirstInteraction is { } first ? Timestamps.Format(first) : null,
            LastInteraction = profile.LastInteraction is { } last ? Timestamps.Format(last) : null,
            LastItemId = profile.LastItemId?.Value,
            Counts = new SortedDictionary<string, long>(
                profile.Counts.ToDictionary(count => count.Type.Value, count => count.Count, StringComparer.Ordinal),
                StringComparer.Ordinal
            ),
            Recent =
            [
                .. profile.Recent.Select(recent => new RecentDocument(
                    recent.ItemId.Value,
                    recent.Type.Value,
                    Timestamps.Format(recent.At),
                    recent.Value
                )),
            ],
            HistoryIsComplete = !profile.MissesHistory,
            MergedInto = profile.MergedInto?.Value,
            MergedUsers =
                profile.MergedUsers.Count == 0 ? null : [.. profile.MergedUsers.Select(merged => merged.Value)],
        };
    }
}

/// <summary>One of a profile's newest interactions as JSON.</summary>
/// <param name="Value">Left out where the event had none.</param>
public sealed record RecentDocument(
    string ItemId,
    string Type,
    string At,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] double? Value = null
);

/// <summary>How profiles are written as JSON.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ProfileDocument))]
public sealed partial class ProfileJson : JsonSerializerContext;
