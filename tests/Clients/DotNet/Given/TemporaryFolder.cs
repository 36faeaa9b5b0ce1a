namespace Recommendation.Clients.Tests.DotNet.Given;

internal sealed class TemporaryFolder : IDisposable
{
    internal string Path { get; } = Directory.CreateTempSubdirectory("recommendation-client-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
