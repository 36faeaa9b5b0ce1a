using Recommendation.Domain.Models;

namespace Recommendation.Application.Ports;

/// <summary>Which model is current.</summary>
/// <param name="Version">Null before the first promotion.</param>
/// <param name="Previous">What was current before, for a rollback; null where there was nothing.</param>
/// <param name="Tag">Identifies this state of the pointer; opaque. Empty before the first promotion.</param>
public sealed record ModelPointer(ModelVersion? Version, ModelVersion? Previous, string Tag)
{
    public static readonly ModelPointer None = new(null, null, "");
}
