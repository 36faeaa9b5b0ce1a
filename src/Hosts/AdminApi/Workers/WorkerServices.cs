using Microsoft.Extensions.DependencyInjection;
using Recommendation.AdminApi.Overview;
using Recommendation.Aws.StepFunctions;

namespace Recommendation.AdminApi.Workers;

/// <summary>What goes on beside the requests.</summary>
internal static class WorkerServices
{
    internal static void AddWorkers(this IServiceCollection services, AdminApiOptions options)
    {
        services.AddSingleton<TrafficMeter>();
        services.AddHostedService(provider => provider.GetRequiredService<TrafficMeter>());
        services.AddSingleton<Trainings>();
        services.AddHostedService(provider => provider.GetRequiredService<Trainings>());
        if (options.Platform == AdminPlatform.Local)
            services.AddLocalWorkers(options.NightlyRun);
        else
            services.AddAwsWorkers();
    }

    private static void AddAwsWorkers(this IServiceCollection services)
    {
        services.AddSingleton<IProfileFollower, ExternalProfileFollower>();
        services.AddSingleton<IBatchStarter>(provider => provider.GetService<BatchExecutions>() is { } executions
            ? ActivatorUtilities.CreateInstance<AwsBatchStarter>(provider, executions) : new NoBatchStarter());
    }

    private static void AddLocalWorkers(this IServiceCollection services, bool nightlyRun)
    {
        services.AddSingleton<ProfileWorker>();
        services.AddSingleton<IProfileFollower>(provider => provider.GetRequiredService<ProfileWorker>());
        services.AddHostedService(provider => provider.GetRequiredService<ProfileWorker>());
        services.AddSingleton<LocalBatchStarter>();
        services.AddSingleton<IBatchStarter>(provider => provider.GetRequiredService<LocalBatchStarter>());
        services.AddHostedService(provider => provider.GetRequiredService<LocalBatchStarter>());
        if (nightlyRun)
            services.AddHostedService<NightlySchedule>();
    }
}
