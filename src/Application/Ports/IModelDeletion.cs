using Recommendation.Domain.Models;

namespace Recommendation.Application.Ports;

/// <summary>Deletes trained models.</summary>
public interface IModelDeletion
{
    /// <summary>
    /// Deletes a version: it is not listed any more before its artefact goes. Does nothing where there is no such
    /// version, and where it is the current one.
    /// </summary>
    Task DeleteAsync(ModelVersion version, CancellationToken cancellationToken);
}
