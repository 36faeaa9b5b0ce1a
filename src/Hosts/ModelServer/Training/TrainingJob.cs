using System.Globalization;
using MediatR;
using Recommendation.Application;
using Recommendation.Application.Models;
using Recommendation.Application.Ports;
using Recommendation.Modeling;
using Recommendation.Settings;

namespace Recommendation.ModelServer.Training;

/// <summary>Trains on the channels and leaves a model; tells progress and figures a line at a time.</summary>
internal sealed class TrainingJob(ContainerPaths paths, Action<string> tell)
{
    private const double ProgressStep = 0.05;

    private readonly Lock _gate = new();
    private (string Stage, double Fraction) _told = ("", -1);

    /// <exception cref="RefusedException">The hyperparameters or the data can't be used.</exception>
    internal async Task RunAsync(CancellationToken cancellationToken)
    {
        var hyperparameters = await Hyperparameters.ReadAsync(paths.Hyperparameters, cancellationToken);
        TimeProvider time = hyperparameters.AsOf is { } asOf ? new FixedTime(asOf) : TimeProvider.System;
        Directory.CreateDirectory(paths.Model);
        var services = new ServiceCollection().AddLogging().AddSingleton(time);
        var settings = SettingsReader.Read(hyperparameters.Settings).Require();
        services.AddRecommendation().UseSettings(settings);
        services.Configure<RecommendationOptions>(options =>
            options.AllowRepeats = hyperparameters.AllowRepeats ?? options.AllowRepeats
        );
        services
            .AddSingleton<IInteractionLog>(
                new ChannelLog(paths, settings.EventTypes, time, hyperparameters.UserShare, tell)
            )
            .AddSingleton<IItemPages>(new ChannelCatalogue(paths, tell))
            .AddSingleton<IProfileStore, EmptyProfileStore>()
            .AddSingleton<IErasures, NoErasures>()
            .AddSingleton<IModelStore>(new TrainingOutput(paths))
            .AddInProcessModel(hyperparameters.Configure);
        await using var provider = services.BuildServiceProvider();
        await using var scope = provider.CreateAsyncScope();
        var trained = await scope
            .ServiceProvider.GetRequiredService<IMediator>()
            .Send(
                new TrainModel(hyperparameters.Fast, Progress: new Progress(this), Window: hyperparameters.Window),
                cancellationToken
            );
        Tell(trained);
    }

    private void Tell(GatedModel trained)
    {
        var model = trained.Model;
        tell(
            string.Create(
                CultureInfo.InvariantCulture,
                $"Model {model.Version} ({model.Trainer}): {model.Items} items, {model.Users} users, "
                    + $"{model.Interactions} interactions."
            )
        );
        foreach (var reason in trained.Verdict.Reasons)
            tell(reason);
        // What a training job's metric definitions look for, such as ndcg@10=([0-9.]+);
        foreach (var (name, value) in model.Metrics)
            tell(string.Create(CultureInfo.InvariantCulture, $"{name}={value:0.######};"));
    }

    private void Report(TrainingProgress progress)
    {
        lock (_gate)
        {
            if (
                string.Equals(progress.Stage, _told.Stage, StringComparison.Ordinal)
                && progress.Fraction < _told.Fraction + ProgressStep
            )
                return;
            _told = (progress.Stage, progress.Fraction);
        }
        tell(string.Create(CultureInfo.InvariantCulture, $"{progress.Fraction:0 %} {progress.Stage}"));
    }

    private sealed class Progress(TrainingJob job) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => job.Report(value);
    }

    private sealed class FixedTime(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}
