using Recommendation.Application;
using Recommendation.Modeling;

namespace Recommendation.Local;

/// <summary>The one-machine platforms, whole: adapters of every port.</summary>
public static class LocalPlatform
{
    /// <summary>Keeps everything in a folder: SQLite for interactions, profiles and lists, files for models and batch runs.</summary>
    public static RecommendationBuilder UseSqlite(this RecommendationBuilder builder, string folder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.AddSqlite(folder).AddInProcessModel().AddPopularWindows();
        return builder;
    }

    /// <summary>Keeps everything in the memory of this process: for tests and trials.</summary>
    public static RecommendationBuilder UseInMemory(this RecommendationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.AddInMemory().AddInProcessModel().AddPopularWindows();
        return builder;
    }
}
