using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Recommendation.Application.Ports;
using Recommendation.Local.Files;
using Recommendation.Local.InMemory;
using Recommendation.Local.Sqlite;

namespace Recommendation.Local;

/// <summary>Registers the adapters of one machine.</summary>
public static class LocalServices
{
    /// <summary>
    /// Keeps interactions, profiles, histories, lists, catalogue and quarantine in <c>recommendation.db</c>, models and
    /// batch runs in folders beside it. Nothing is opened before it is used. Dispose the provider asynchronously: that
    /// closes the database.
    /// </summary>
    /// <exception cref="RefusedException">An option can't be used; the message says which and why.</exception>
    public static IServiceCollection AddSqlite(this IServiceCollection services, string folder) =>
        services.AddSqlite(options => options.Folder = folder);

    /// <inheritdoc cref="AddSqlite(IServiceCollection, string)"/>
    public static IServiceCollection AddSqlite(this IServiceCollection services, Action<LocalOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        var options = new LocalOptions();
        configure(options);
        options.Validate();
        services.TryAddSingleton(TimeProvider.System);
        return services
            .AddSingleton(_ => new LocalDatabase(options))
            .AddSingleton<IInteractionLog, SqliteInteractionLog>()
            .AddSingleton<IProfileStore, SqliteProfileStore>()
            .AddSingleton<IHistoryStore, SqliteHistoryStore>()
            .AddSingleton<IRecommendationStore, SqliteRecommendationStore>()
            .AddSingleton<SqliteItemCatalog>()
            .AddSingleton<IItemCatalog>(provider => provider.GetRequiredService<SqliteItemCatalog>())
            .AddSingleton<IItemPages>(provider => provider.GetRequiredService<SqliteItemCatalog>())
            .AddSingleton<IItemEdits>(provider => provider.GetRequiredService<SqliteItemCatalog>())
            .AddSingleton<IItemSearch>(provider => provider.GetRequiredService<SqliteItemCatalog>())
            .AddSingleton<INewestItems, SqliteNewestItems>()
            .AddSingleton<IItemGroups, SqliteItemGroups>()
            .AddSingleton<IAttributeShapes, SqliteAttributeShapes>()
            .AddSingleton<IItemArrivals, SqliteItemArrivals>()
            .AddSingleton<IItemChanges, SqliteItemChanges>()
            .AddSingleton<SqliteUserAttributes>()
            .AddSingleton<IUserAttributes>(provider => provider.GetRequiredService<SqliteUserAttributes>())
            .AddSingleton<IErasable>(provider => provider.GetRequiredService<SqliteUserAttributes>())
            .AddSingleton<IQuarantine, SqliteQuarantine>()
            .AddSingleton<IStoreCounts, SqliteCounts>()
            .AddSingleton<SqliteIdempotencyKeys>()
            .AddSingleton<IIdempotencyKeys>(provider => provider.GetRequiredService<SqliteIdempotencyKeys>())
            .AddSingleton<IErasable>(provider => provider.GetRequiredService<SqliteIdempotencyKeys>())
            .AddSingleton<IErasures, SqliteErasures>()
            .AddSingleton<IScenarios, SqliteScenarios>()
            .AddSingleton<IListConfigurations, SqliteListConfigurations>()
            .AddSingleton<SqliteExperimentStore>()
            .AddSingleton<IExperimentStore>(provider => provider.GetRequiredService<SqliteExperimentStore>())
            .AddSingleton<IErasable>(provider => provider.GetRequiredService<SqliteExperimentStore>())
            .AddSingleton<SqliteFeedbackStore>()
            .AddSingleton<IFeedbackStore>(provider => provider.GetRequiredService<SqliteFeedbackStore>())
            .AddSingleton<IFeedbackCounts>(provider => provider.GetRequiredService<SqliteFeedbackStore>())
            .AddSingleton<IErasable>(provider => provider.GetRequiredService<SqliteFeedbackStore>())
            .AddSingleton<IRecommendationIdKeys>(
                provider => new FolderRecommendationIdKeys(options.Folder, Time(provider)))
            .AddSingleton<IDiskSpace>(_ => new FolderDiskSpace(options.Folder))
            .AddSingleton<ReceiptKeyRows>()
            .AddSingleton<IReceiptKeys>(provider => new FolderReceiptKeys(
                options.Folder,
                provider.GetRequiredService<ReceiptKeyRows>(),
                Time(provider)
            ))
            .AddSingleton(provider => new FolderModelStore(options.Folder, Time(provider), Logger(provider)))
            .AddSingleton<IModelStore>(provider => provider.GetRequiredService<FolderModelStore>())
            .AddSingleton<IModelDeletion>(provider => provider.GetRequiredService<FolderModelStore>())
            .AddSingleton<IModelArtefacts, FileModelArtefacts>()
            .AddSingleton(provider => new FolderBatchRuns(options.Folder, Time(provider), Logger(provider)))
            .AddSingleton<IBatchRuns>(provider => provider.GetRequiredService<FolderBatchRuns>())
            .AddSingleton<IBatchLeases>(provider => provider.GetRequiredService<FolderBatchRuns>())
            .AddSingleton(provider => new FolderBatchSegments(options.Folder, Time(provider)))
            .AddSingleton<IBatchSegments>(provider => provider.GetRequiredService<FolderBatchSegments>())
            .AddSingleton<IErasable>(provider => provider.GetRequiredService<FolderBatchSegments>())
            .AddSingleton(provider => new FolderBatchLists(
                options.Folder,
                Time(provider),
                provider.GetService<IListFiles>()
            ))
            .AddSingleton<IBatchLists>(provider => provider.GetRequiredService<FolderBatchLists>())
            .AddSingleton<IErasable>(provider => provider.GetRequiredService<FolderBatchLists>());
    }

    /// <summary>Keeps everything in the memory of this process: for tests and trials.</summary>
    public static IServiceCollection AddInMemory(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        return services
            .AddSingleton<MemoryInteractionLog>()
            .AddSingleton<IInteractionLog>(provider => provider.GetRequiredService<MemoryInteractionLog>())
            .AddSingleton<IErasures, MemoryErasures>()
            .AddSingleton<IScenarios, MemoryScenarios>()
            .AddSingleton<MemoryProfileStore>()
            .AddSingleton<IProfileStore>(provider => provider.GetRequiredService<MemoryProfileStore>())
            .AddSingleton<IHistoryStore, MemoryHistoryStore>()
            .AddSingleton<IRecommendationStore, MemoryRecommendationStore>()
            .AddSingleton<MemoryItemCatalog>()
            .AddSingleton<IItemCatalog>(provider => provider.GetRequiredService<MemoryItemCatalog>())
            .AddSingleton<IItemPages>(provider => provider.GetRequiredService<MemoryItemCatalog>())
            .AddSingleton<IItemEdits>(provider => provider.GetRequiredService<MemoryItemCatalog>())
            .AddSingleton<IItemSearch>(provider => provider.GetRequiredService<MemoryItemCatalog>())
            .AddSingleton<IAttributeShapes, MemoryAttributeShapes>()
            .AddSingleton<IItemArrivals, MemoryItemArrivals>()
            .AddSingleton<IItemChanges>(provider => provider.GetRequiredService<MemoryItemCatalog>())
            .AddSingleton<INewestItems>(provider => provider.GetRequiredService<MemoryItemCatalog>())
            .AddSingleton<IItemGroups>(provider => provider.GetRequiredService<MemoryItemCatalog>())
            .AddSingleton<MemoryUserAttributes>()
            .AddSingleton<IUserAttributes>(provider => provider.GetRequiredService<MemoryUserAttributes>())
            .AddSingleton<IErasable>(provider => provider.GetRequiredService<MemoryUserAttributes>())
            .AddSingleton<IQuarantine, MemoryQuarantine>()
            .AddSingleton<IStoreCounts, MemoryCounts>()
            .AddSingleton<MemoryIdempotencyKeys>()
            .AddSingleton<IIdempotencyKeys>(provider => provider.GetRequiredService<MemoryIdempotencyKeys>())
            .AddSingleton<IErasable>(provider => provider.GetRequiredService<MemoryIdempotencyKeys>())
            .AddSingleton<IReceiptKeys, MemoryReceiptKeys>()
            .AddSingleton<IListConfigurations, MemoryListConfigurations>()
            .AddSingleton<MemoryExperimentStore>()
            .AddSingleton<IExperimentStore>(provider => provider.GetRequiredService<MemoryExperimentStore>())
            .AddSingleton<IErasable>(provider => provider.GetRequiredService<MemoryExperimentStore>())
            .AddSingleton<MemoryFeedbackStore>()
            .AddSingleton<IFeedbackStore>(provider => provider.GetRequiredService<MemoryFeedbackStore>())
            .AddSingleton<IFeedbackCounts>(provider => provider.GetRequiredService<MemoryFeedbackStore>())
            .AddSingleton<IErasable>(provider => provider.GetRequiredService<MemoryFeedbackStore>())
            .AddSingleton<IRecommendationIdKeys, MemoryRecommendationIdKeys>()
            .AddSingleton<MemoryModelStore>()
            .AddSingleton<IModelStore>(provider => provider.GetRequiredService<MemoryModelStore>())
            .AddSingleton<IModelDeletion>(provider => provider.GetRequiredService<MemoryModelStore>())
            .AddSingleton<IModelArtefacts, FileModelArtefacts>()
            .AddSingleton<MemoryBatchRuns>()
            .AddSingleton<IBatchRuns>(provider => provider.GetRequiredService<MemoryBatchRuns>())
            .AddSingleton<IBatchLeases>(provider => provider.GetRequiredService<MemoryBatchRuns>())
            .AddSingleton<MemoryBatchSegments>()
            .AddSingleton<IBatchSegments>(provider => provider.GetRequiredService<MemoryBatchSegments>())
            .AddSingleton<IErasable>(provider => provider.GetRequiredService<MemoryBatchSegments>());
    }

    private static ILogger? Logger(IServiceProvider provider) =>
        provider.GetService<ILoggerFactory>()?.CreateLogger("Recommendation.Local");

    private static TimeProvider Time(IServiceProvider provider) => provider.GetRequiredService<TimeProvider>();
}
