namespace Recommendation.AdminApi.Tests.Given;

/// <summary>A folder that is gone with the test.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    internal string Path { get; } = Directory.CreateTempSubdirectory("recommendation-api-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
