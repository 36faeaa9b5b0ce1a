namespace Recommendation.Cli.Tests;

/// <summary>A folder of its own for each test, removed with it.</summary>
internal sealed class DataFolder : IDisposable
{
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("recommendation-cli-");

    /// <summary>What to give as <c>--data</c>.</summary>
    internal string Data => Path.Combine(_root.FullName, "data");

    internal string PathOf(string name) => Path.Combine(_root.FullName, name);

    internal string Write(string name, string content)
    {
        File.WriteAllText(PathOf(name), content);
        return PathOf(name);
    }

    public void Dispose() => _root.Delete(recursive: true);
}
