using Microsoft.Extensions.DependencyInjection;
using Recommendation.Application;
using Recommendation.Application.Ports;

namespace Recommendation.Export;

/// <summary>Registers the formats of files.</summary>
public static class ExportServices
{
    /// <summary>Batch runs leave their lists as Parquet files beside their results.</summary>
    public static RecommendationBuilder WriteListsAsParquet(this RecommendationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.AddSingleton<IListFiles, ParquetListFiles>();
        return builder;
    }
}
