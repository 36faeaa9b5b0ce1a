using Recommendation.Application.Ports;

namespace Recommendation.Application.Tests.Given;

/// <summary>Artefacts by their place.</summary>
internal sealed class FakeArtefacts : IModelArtefacts
{
    internal Dictionary<string, byte[]> Places { get; } = new(StringComparer.Ordinal);

    public Task<Stream?> OpenAsync(string location, CancellationToken cancellationToken) =>
        Task.FromResult<Stream?>(Places.TryGetValue(location, out var bytes) ? new MemoryStream(bytes) : null);
}
