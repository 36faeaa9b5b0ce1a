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

    /// <summary>The pointer after a move: what was current is remembered, unless the move goes back.</summary>
    public ModelPointer After(ModelMove move, string tag)
    {
        if (move.Version == Version)
            return this with { Tag = tag };
        IEnumerable<ModelVersion> before = Previous is { } previous ? Earlier.Prepend(previous) : Earlier;
        before = move.IsRollback ? before.SkipWhile(version => version != move.Version).Skip(1)
            : Version is { } current ? before.Prepend(current) : before;
        List<ModelVersion> remembered = [.. before.Take(MaximumEarlier)];
        return new ModelPointer(move.Version, remembered.Count > 0 ? remembered[0] : null, tag)
        {
            Earlier = [.. remembered.Skip(1)],
        };
    }

    /// <summary>Equal if both are the same state of the same pointer.</summary>
    public bool Equals(ModelPointer? other) =>
        other is not null && Version == other.Version && string.Equals(Tag, other.Tag, StringComparison.Ordinal);

    public override int GetHashCode() => HashCode.Combine(Version, Tag);
}
