namespace Recommendation.Application.Ports;

/// <summary>Artefacts outside of the registry, such as what a training job left.</summary>
public interface IModelArtefacts
{
    /// <summary>Opens an artefact.</summary>
    /// <param name="location">Where it is: a path, or <c>s3://bucket/key</c>.</param>
    /// <returns>The artefact as a readable stream; null where there is none.</returns>
    /// <exception cref="RefusedException">The location is not of a kind that can be opened here.</exception>
    Task<Stream?> OpenAsync(string location, CancellationToken cancellationToken);
}
