using System.Diagnostics;
using Recommendation.Application.Ports;
using Recommendation.Domain.Interactions;
using Recommendation.Modeling.Artefacts;
using Recommendation.Modeling.Serving;
using Recommendation.Modeling.Training;

namespace Recommendation.Modeling.Evaluation;

/// <summary>
/// Trains a model on one part of the data and tests it on the other, with the scorer that serves: all items are ranked, and
/// those of the training history masked. Parameters are chosen within the training part only.
/// </summary>
public static class ModelEvaluation
{
    /// <summary>By the protocol of the public tables: files with a line <c>user item item …</c> per user.</summary>
    /// <param name="trainPath">The training file.</param>
    /// <param name="testPath">The test file; read only after the training.</param>
    /// <param name="options">How to train and to measure.</param>
    /// <param name="clock">Measures how long it takes.</param>
    /// <param name="progress">Told how far it is; may be null.</param>
    /// <param name="cancellationToken">Stops the evaluation.</param>
    /// <exception cref="RefusedException">A file is missing, or there is too little in it.</exception>
    public static async Task<EvaluationReport> OfSplitFilesAsync(
        string trainPath, string testPath, EvaluationOptions options, TimeProvider clock, IProgress<TrainingProgress>? progress, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(clock);
        options.Require();
        var train = await SplitFile.ReadAsync(trainPath, cancellationToken);
        var trained = await TrainAsync(SplitFile.Interactions(train), InteractionWeights.Default, options, clock, progress, cancellationToken);
        var test = await SplitFile.ReadAsync(testPath, cancellationToken);
        return Test(trained, SplitFile.TestUsers(train, test), InteractionWeights.Default, options, clock, cancellationToken);
    }

    /// <summary>By time: trained on the older part of a log, tested on the newer one.</summary>
    /// <param name="interactions">The log, in any order; held in memory.</param>
    /// <param name="weights">What each type of interaction weighs.</param>
    /// <param name="options">How to train and to measure.</param>
    /// <param name="clock">Measures how long it takes.</param>
    /// <param name="progress">Told how far it is; may be null.</param>
    /// <param name="cancellationToken">Stops the evaluation.</param>
    /// <exception cref="RefusedException">There is too little to train or to test on.</exception>
    public static async Task<EvaluationReport> OfLogAsync(
        IAsyncEnumerable<Interaction> interactions, InteractionWeights weights, EvaluationOptions options, TimeProvider clock,
        IProgress<TrainingProgress>? progress, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(weights);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(clock);
        options.Require();
        var all = await interactions.ToListAsync(cancellationToken);
        var split = TemporalSplit.Of(all, options.TestShare, options.Training.HistoryLimit, weights);
        var trained = await TrainAsync(split.Train, weights, options, clock, progress, cancellationToken);
        return Test(trained, split.Users, weights, options, clock, cancellationToken);
    }

    private static async Task<Trained> TrainAsync(
        IEnumerable<Interaction> interactions, InteractionWeights weights, EvaluationOptions options, TimeProvider clock,
        IProgress<TrainingProgress>? progress, CancellationToken cancellationToken)
    {
        var trainer = new ModelTrainer(Microsoft.Extensions.Options.Options.Create(options.Training), weights);
        var start = clock.GetTimestamp();
        await using var model = await trainer.TrainAsync(
            interactions.ToAsyncEnumerable(), new TrainingOptions(DateTimeOffset.MaxValue), progress, cancellationToken);
        var seconds = clock.GetElapsedTime(start).TotalSeconds;
        return new(await ModelArtefactReader.ReadAsync(model.Artefact, cancellationToken), seconds);
    }

    private static EvaluationReport Test(
        Trained trained, List<TestUser> users, InteractionWeights weights, EvaluationOptions options, TimeProvider clock, CancellationToken cancellationToken)
    {
        var lists = new TestRun(new RankableModel(trained.Model), weights, options.Cutoff);
        var start = clock.GetTimestamp();
        foreach (var user in users)
        {
            cancellationToken.ThrowIfCancellationRequested();
            lists.Rank(user);
        }
        var perUser = clock.GetElapsedTime(start).TotalMicroseconds / Math.Max(1, users.Count);
        using var process = Process.GetCurrentProcess();
        return lists.Report(options.Resamples) with
        {
            TrainSeconds = trained.Seconds,
            MicrosecondsPerUser = perUser,
            PeakMemoryBytes = process.PeakWorkingSet64,
        };
    }

    private sealed record Trained(ItemModel Model, double Seconds);
}
