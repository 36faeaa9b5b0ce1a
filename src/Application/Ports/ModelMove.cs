using Recommendation.Domain.Models;

namespace Recommendation.Application.Ports;

/// <summary>Where the pointer to the current model goes.</summary>
/// <param name="Version">The model that becomes current.</param>
/// <param name="IsRollback">
/// Whether it goes back to the version before: then the one that it leaves is not remembered, so going back again goes
/// further back.
/// </param>
public readonly record struct ModelMove(ModelVersion Version, bool IsRollback)
{
    public static ModelMove BackTo(ModelVersion version) => new(version, IsRollback: true);

    public static ModelMove FromModelVersion(ModelVersion version) => new(version, IsRollback: false);

    public static implicit operator ModelMove(ModelVersion version) => FromModelVersion(version);
}
