using Recommendation.Application.Ports;

namespace Recommendation.Local.Files;

/// <summary>Artefacts that are files.</summary>
internal sealed class FileModelArtefacts : IModelArtefacts
{
    public Task<Stream?> OpenAsync(string location, CancellationToken cancellationToken)
    {
        if (location.Contains("://", StringComparison.Ordinal))
            throw new RefusedException($"'{location}' is no path; on one machine an artefact is a file.");
        return FolderFault.TranslateAsync(Path.GetDirectoryName(Path.GetFullPath(location)) ?? location, () =>
            Task.FromResult<Stream?>(File.Exists(location) ? File.OpenRead(location) : null));
    }
}
