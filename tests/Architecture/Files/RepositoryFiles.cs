namespace Recommendation.Architecture.Tests.Files;

/// <summary>The text files that people wrote: not what was built, fetched or measured.</summary>
internal static class RepositoryFiles
{
    private static readonly HashSet<string> s_skipped =
        [".git", ".vs", ".idea", "artifacts", "bin", "obj", "node_modules", "TestResults", "cdk.out"];

    /// <summary>Paths relative to the root, with slashes, in a fixed order.</summary>
    internal static IEnumerable<string> Text(string root, string pattern = "*") =>
        Walk(new DirectoryInfo(root), pattern)
            .Where(file => !IsBinary(file.FullName))
            .Select(file => Path.GetRelativePath(root, file.FullName).Replace('\\', '/'))
            .Where(file => !file.StartsWith("data/", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal);

    private static IEnumerable<FileInfo> Walk(DirectoryInfo folder, string pattern)
    {
        foreach (var file in folder.EnumerateFiles(pattern).Where(file => !s_skipped.Contains(file.Name)))
            yield return file;
        foreach (
            var file in folder
                .EnumerateDirectories()
                .Where(inner => !s_skipped.Contains(inner.Name))
                .SelectMany(inner => Walk(inner, pattern))
        )
            yield return file;
    }

    private static bool IsBinary(string file)
    {
        using var stream = File.OpenRead(file);
        var start = new byte[4096];
        return start.AsSpan(0, stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false)).Contains((byte)0);
    }
}
