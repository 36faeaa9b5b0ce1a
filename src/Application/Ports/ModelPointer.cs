using Recommendation.Domain.Models;

namespace Recommendation.Application.Ports;

/// <summary>Which model is current.</summary>
/// <param name="Version">Null before the first promotion.</param>
/// <param name="Previous">What a rollback goes back to; null where there is nothing.</param>
/// <param name="Tag">Identifies this state of the pointer; opaque. Empty before the first promotion.</param>
public sealed record ModelPointer(ModelVersion? Version, ModelVersion? Previous, string Tag)
{
    /// <summary>How many versions before the current one are remembered.</summary>
    public const int MaximumEarlier = 20;

    public static readonly ModelPointer None = new(null, null, "");

    /// <summary>What was current before <see cref="Previous"/>, newest first.</summary>
    public IReadOnlyList<ModelVersion> Earlier { get; init; } = [];

    /// <summary>
    /// The pointer after a move. The versions before the current one are a stack: pointing at one of them takes it and all
    /// newer ones off, so a model that was rolled back is not the previous one of the model that took its place.
    /// </summary>
    public ModelPointer MoveTo(ModelVersion version, string tag)
    {
        if (version == Version)
            return this with { Tag = tag };
        List<ModelVersion> before = [.. Before()];
        var at = before.IndexOf(version);
        before = at >= 0 ? before[(at + 1)..] : [.. Version is { } current ? [current] : Array.Empty<ModelVersion>(), .. before];
        return new ModelPointer(version, before.Count > 0 ? before[0] : null, tag) { Earlier = [.. before.Skip(1).Take(MaximumEarlier - 1)] };
    }

    /// <summary>Equal if both are the same state of the same pointer.</summary>
    public bool Equals(ModelPointer? other) =>
        other is not null && Version == other.Version && string.Equals(Tag, other.Tag, StringComparison.Ordinal);

    public override int GetHashCode() => HashCode.Combine(Version, Tag);

    private IEnumerable<ModelVersion> Before() => Previous is { } previous ? Earlier.Prepend(previous) : Earlier;
}
