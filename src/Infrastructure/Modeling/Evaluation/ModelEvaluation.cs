using System.Diagnostics;
using Recommendation.Application.Ports;
using Recommendation.Domain;
using Recommendation.Domain.Interactions;
using Recommendation.Modeling.Artefacts;
using Recommendation.Modeling.Serving;
using Recommendation.Modeling.Trainers;
using Recommendation.Modeling.Training;

namespace Recommendation.Modeling.Evaluation;

/// <summary>
/// Trains a model on one part of the data and tests it on the other, with the ranker that serves: it ranks all items
/// and masks those of the training history unless repeats are allowed. Parameters are selected within the training part
/// only. An existing model can be tested instead.
/// </summary>
/// <param name="types">What each type of interaction means.</param>
/// <param name="options">How to train and to measure.</param>
/// <param name="clock">Measures how long it takes.</param>
/// <param name="progress">Receives the progress; may be null.</param>
public sealed class ModelEvaluation(
    EventTypeSettings types,
    EvaluationOptions options,
    TimeProvider clock,
    IProgress<TrainingProgress>? progress
)
{
    /// <summary>A model (<c>model.tar.gz</c>) to test instead of training one; read once. Null to train.</summary>
    public Stream? Artefact { get; init; }

    /// <summary>By the protocol of the public tables: files with a line <c>user item item …</c> per user.</summary>
    /// <param name="trainPath">The training file.</param>
    /// <param name="testPath">The test file; read only after the training.</param>
    /// <param name="cancellationToken">Cancels the evaluation.</param>
    /// <exception cref="RefusedException">A file is missing, or there is too little in it.</exception>
    /// <exception cref="StoredFormatException">The model is damaged, or of a format version that this
    /// release does not know.</exception>
    public async Task<EvaluationReport> OfSplitFilesAsync(
        string trainPath,
        string testPath,
        CancellationToken cancellationToken
    )
    {
        options.Require();
        var train = await SplitFile.ReadAsync(trainPath, cancellationToken);
        SplitFile.Require(testPath);
        var interactions = SplitFile.Interactions(train).ToList();
        var trained = await ModelAsync(interactions, cancellationToken);
        var test = await SplitFile.ReadAsync(testPath, cancellationToken);
        return await TestAsync(trained, interactions, SplitFile.TestUsers(train, test), cancellationToken);
    }

    /// <summary>
    /// By order: a file with a line <c>user item item …</c> per user, the oldest item first, of which the last ones are
    /// to be found.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <param name="leaveOut">How many of each user's last items are hidden; users with no more than that are trained
    /// on whole.</param>
    /// <param name="cancellationToken">Cancels the evaluation.</param>
    /// <exception cref="RefusedException">The file is missing, or there is too little in it.</exception>
    public async Task<EvaluationReport> OfSequencesAsync(string path, int leaveOut, CancellationToken cancellationToken)
    {
        options.Require();
        var split = SequenceSplit.Of(await SplitFile.LinesAsync(path, cancellationToken), leaveOut);
        return await TestAsync(
            await ModelAsync(split.Train, cancellationToken),
            split.Train,
            split.Users,
            cancellationToken
        );
    }

    /// <summary>By time: trained on the older part of a log, tested on the newer one.</summary>
    /// <param name="interactions">The log, in any order; held in memory.</param>
    /// <param name="cancellationToken">Cancels the evaluation.</param>
    /// <exception cref="RefusedException">There is too little to train or to test on.</exception>
    /// <exception cref="StoredFormatException">The model is damaged, or of a format version that this
    /// release does not know.</exception>
    public async Task<EvaluationReport> OfLogAsync(
        IAsyncEnumerable<Interaction> interactions,
        CancellationToken cancellationToken
    )
    {
        options.Require();
        var all = await interactions.ToListAsync(cancellationToken);
        var split = TemporalSplit.Of(all, options, types);
        var trained = await ModelAsync(split.Train, cancellationToken);
        var report = await TestAsync(trained, split.Train, split.Users, cancellationToken);
        return report with
        {
            KnewTheTest = trained.Seconds is null && Timestamps.Parse(trained.Model.Manifest.Data.To) > split.Cut,
        };
    }

    private async Task<Trained> ModelAsync(List<Interaction> interactions, CancellationToken cancellationToken) =>
        Artefact is null
            ? await TrainAsync(interactions, options.Training, 1, cancellationToken)
            : new(await ModelArtefactReader.ReadAsync(Artefact, cancellationToken), Seconds: null);

    private async Task<Trained> TrainAsync(
        IEnumerable<Interaction> interactions,
        ModelTrainerOptions training,
        double share,
        CancellationToken cancellationToken
    )
    {
        var trainer = new ModelTrainer(Microsoft.Extensions.Options.Options.Create(training), types);
        var start = clock.GetTimestamp();
        var part = progress is null ? null : new Part(progress, options.Baselines ? 0.7 * share : share);
        await using var model = await trainer.TrainAsync(
            interactions.ToAsyncEnumerable(), new TrainingOptions(DateTimeOffset.MaxValue), part, cancellationToken);
        var seconds = clock.GetElapsedTime(start).TotalSeconds;
        return new(await ModelArtefactReader.ReadAsync(model.Artefact, cancellationToken), seconds);
    }

    private async Task<EvaluationReport> TestAsync(
        Trained trained, List<Interaction> train, List<TestUser> users, CancellationToken cancellationToken)
    {
        if (users.Count == 0)
            throw new RefusedException("There is nothing to test on: no user of the test file has an item.");
        var run = Run(trained.Model);
        using var process = Process.GetCurrentProcess();
        return new EvaluationReport
        {
            Cutoff = options.Cutoff,
            Overall = Figures.Of(run.Results, options.Resamples),
            ByCutoff = run.ByCutoff.ToDictionary(one => one.Key, one => Figures.Of(one.Value, options.Resamples)),
            Segments = Figures.BySegment(run.Results, options.Resamples),
            Coverage = run.Coverage,
            Novelty = run.Novelty,
            Data = (
                trained.Model.Manifest.Data.Users,
                trained.Model.Items.Length,
                trained.Model.Manifest.Data.Interactions
            ),
            Parameters = trained.Model.Manifest.Parameters,
            ValidationMetrics = trained.Model.Manifest.Metrics,
            TrainSeconds = trained.Seconds,
            MicrosecondsPerUser = run.MicrosecondsPerUser,
            PeakMemoryBytes = process.PeakWorkingSet64,
            Baselines = options.Baselines
                ? await BaselinesAsync()
                : new Dictionary<string, BaselineReport>(StringComparer.Ordinal),
        };

        TestRun Run(ItemModel model) =>
            new TestRun(new RankableModel(model), types, options, trained.Model.Popularity, clock).Over(
                users,
                cancellationToken
            );

        async Task<Dictionary<string, BaselineReport>> BaselinesAsync()
        {
            var reports = new Dictionary<string, BaselineReport>(StringComparer.Ordinal);
            var baselines = new Baselines(train, types, options.Training, cancellationToken);
            foreach (var (place, (name, make)) in baselines.All.Index())
            {
                progress?.Report(new($"comparing with {name}", 0.7 + (0.3 * place / baselines.All.Count)));
                var start = clock.GetTimestamp();
                Add(name, make(), clock.GetElapsedTime(start).TotalSeconds);
            }
            if (trained.Seconds is not null && UsesOrder(trained.Model.Manifest.Parameters))
            {
                progress?.Report(new("comparing with itself without order", 0.99));
                var unordered = await TrainAsync(train, options.Training.WithoutOrder(), 0, cancellationToken);
                Add("withoutOrder", unordered.Model, unordered.Seconds ?? 0);
            }
            return reports;

            void Add(string name, ItemModel model, double seconds)
            {
                var other = Run(model);
                reports.Add(
                    name,
                    new(
                        Figures.Of(other.Results, options.Resamples),
                        other.Coverage,
                        other.Novelty,
                        seconds,
                        Figures.Gain(run, other, options.Resamples)
                    )
                );
            }
        }
    }

    /// <summary>Whether anything in a model depends on the order or the times of interactions.</summary>
    /// <param name="parameters">Those of its manifest.</param>
    internal static bool UsesOrder(IReadOnlyDictionary<string, double> parameters) =>
        parameters[ParameterNames.PositionDecay] != 1 || parameters[ParameterNames.HalfLifeDays] != 0
        || parameters[ParameterNames.TransitionShare] > 0 || parameters[ParameterNames.TrendExponent] > 0
        || parameters.ContainsKey(ParameterNames.PopularShare);

    private sealed record Trained(ItemModel Model, double? Seconds);

    /// <summary>The training's part of the whole; what is trained for comparison only is not told.</summary>
    private sealed class Part(IProgress<TrainingProgress> whole, double share) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value)
        {
            if (share > 0)
                whole.Report(value with { Fraction = share * value.Fraction });
        }
    }
}
