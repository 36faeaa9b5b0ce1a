using Recommendation.Domain.Models;

namespace Recommendation.Application.Ports;

/// <summary>
/// Trained models, by version, and a pointer to the current one. A version never changes once it is put.
/// </summary>
public interface IModelStore
{
    /// <summary>
    /// Stores an artefact; afterwards it is whole or absent, whatever happens in between. Does nothing where the
    /// version exists.
    /// </summary>
    Task PutAsync(ModelDescription model, Stream artefact, CancellationToken cancellationToken);

    /// <returns>The artefact (<c>model.tar.gz</c>) as a readable stream; null where there is no such version.</returns>
    Task<Stream?> OpenAsync(ModelVersion version, CancellationToken cancellationToken);

    /// <summary>All versions, newest first.</summary>
    Task<IReadOnlyList<ModelDescription>> ListAsync(CancellationToken cancellationToken);

    /// <summary>The current pointer; <see cref="ModelPointer.None"/> before the first promotion.</summary>
    Task<ModelPointer> CurrentAsync(CancellationToken cancellationToken);

    /// <summary>Moves the pointer if the pointer is still the one expected.</summary>
    /// <exception cref="RefusedException">Somebody else moved the pointer in between, or the
    /// version does not exist.</exception>
    Task<ModelPointer> PointAsync(ModelMove move, ModelPointer expected, CancellationToken cancellationToken);
}
