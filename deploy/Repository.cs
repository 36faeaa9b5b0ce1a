namespace Recommendation.Deploy;

/// <summary>Where this program was built from.</summary>
internal static class Repository
{
    internal static string Root()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Recommendation.sln")))
                return folder.FullName;
        }
        throw new InvalidOperationException(
            $"There is no Recommendation.sln above {AppContext.BaseDirectory}; run this in a checkout."
        );
    }
}
