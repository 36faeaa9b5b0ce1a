using Recommendation.Application;
using Recommendation.Application.Ports;
using Recommendation.Expressions;
using Recommendation.Local.Sqlite;
using Recommendation.Modeling;

namespace Recommendation.Local;

/// <summary>The one-machine platforms, whole: adapters of every port.</summary>
public static class LocalPlatform
{
    /// <summary>
    /// Keeps everything in a folder: SQLite for interactions, profiles and lists, files for models and batch runs.
    /// </summary>
    public static RecommendationBuilder UseSqlite(this RecommendationBuilder builder, string folder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.AddSqlite(folder).AddInProcessModel().AddPopularWindows().AddExpressions();
        return builder;
    }

    /// <summary>Whether a folder holds a database or API keys. Creates nothing.</summary>
    /// <exception cref="StoreUnavailableException">This account may not look into the folder.</exception>
    public static bool HasData(string folder)
    {
        ArgumentNullException.ThrowIfNull(folder);
        return HasDatabase(folder) || Exists(Path.Combine(folder, "keys.json"));
    }

    /// <summary>Whether a folder holds a database. Creates nothing.</summary>
    /// <exception cref="StoreUnavailableException">This account may not look into the folder.</exception>
    public static bool HasDatabase(string folder)
    {
        ArgumentNullException.ThrowIfNull(folder);
        return Exists(LocalDatabase.PathIn(folder));
    }

    // File.Exists says no to who may not look.
    private static bool Exists(string path)
    {
        try
        {
            return (File.GetAttributes(path) & FileAttributes.Directory) == FileAttributes.None;
        }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            return false;
        }
        catch (Exception refused) when (refused is UnauthorizedAccessException or IOException)
        {
            throw new StoreUnavailableException(
                $"'{path}' can't be looked at: check that this account may read its folder. ({refused.Message})",
                refused
            );
        }
    }

    /// <summary>Keeps everything in the memory of this process: for tests and trials.</summary>
    public static RecommendationBuilder UseInMemory(this RecommendationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.AddInMemory().AddInProcessModel().AddPopularWindows().AddExpressions();
        return builder;
    }
}
