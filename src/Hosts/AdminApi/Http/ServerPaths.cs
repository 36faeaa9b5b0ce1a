namespace Recommendation.AdminApi.Http;

/// <summary>
/// Keeps places of this machine out of answers: messages of the stores name files, and a caller over the network need
/// not know where.
/// </summary>
internal sealed class ServerPaths
{
    private readonly (string Path, string Name)[] _paths;

    public ServerPaths(AdminApiOptions options)
    {
        var paths = new List<(string Path, string Name)>
        {
            (Path.GetFullPath(options.Folder), "data folder"),
            (Path.GetTempPath(), "temporary folder"),
        };
        if (options.SettingsFile is { } settings)
            paths.Add((Path.GetDirectoryName(Path.GetFullPath(settings)) ?? settings, "settings folder"));
        // What is not absolute may be part of other words.
        if (Path.IsPathRooted(options.Folder))
            paths.Add((options.Folder, "data folder"));
        // The longest first: the data folder may be in the temporary one.
        _paths = [.. paths.Select(one => (Path.TrimEndingDirectorySeparator(one.Path), one.Name))
            .Where(one => one.Item1.Length > 1).OrderByDescending(one => one.Item1.Length)];
    }

    internal string Hide(string text) =>
        _paths.Aggregate(text, (left, one) => left.Replace(one.Path, $"({one.Name})", StringComparison.Ordinal));
}
