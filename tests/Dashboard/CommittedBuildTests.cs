namespace Recommendation.Dashboard.Tests;

public sealed class CommittedBuildTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("recommendation-dashboard-");

    [Fact]
    public async Task The_committed_build_is_the_build_of_the_committed_sources()
    {
        await FrontEnd.BuildAsync(_folder.FullName);
        var (built, committed) = (Files(_folder.FullName), Files(FrontEnd.Committed));
        Assert.Contains("index.html", built.Keys);
        Assert.Contains("app.js", built.Keys);
        Assert.Equal(built.Keys, committed.Keys);
        Assert.All(
            built,
            file =>
                Assert.True(
                    file.Value.SequenceEqual(committed[file.Key]),
                    $"{file.Key} is out of date: run 'npm run build' in {FrontEnd.Folder} and commit dist."
                )
        );
    }

    [Fact]
    public void The_built_files_name_no_other_host()
    {
        // The only addresses are the names of the XML namespaces, which nothing is fetched from.
        var built = Files(FrontEnd.Committed).Where(file => !file.Key.EndsWith(".woff2", StringComparison.Ordinal));
        Assert.All(
            built,
            file =>
                Assert.DoesNotContain(
                    "://",
                    System
                        .Text.Encoding.UTF8.GetString(file.Value)
                        .Replace("http://www.w3.org/", "", StringComparison.Ordinal),
                    StringComparison.Ordinal
                )
        );
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private static SortedDictionary<string, byte[]> Files(string folder) =>
        new(
            Directory
                .EnumerateFiles(folder, "*", SearchOption.AllDirectories)
                .ToDictionary(
                    file => Path.GetRelativePath(folder, file).Replace('\\', '/'),
                    File.ReadAllBytes,
                    StringComparer.Ordinal
                ),
            StringComparer.Ordinal
        );
}
