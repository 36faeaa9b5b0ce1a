using Recommendation.Application.Ports;
using Recommendation.Domain.Interactions;
using Recommendation.Domain.Items;
using Recommendation.Domain.Models;
using Recommendation.Modeling.Histories;
using Recommendation.Modeling.RowBlocks;
using Recommendation.Modeling.Selection;
using Recommendation.Modeling.Trainers;

namespace Recommendation.Modeling.Training;

/// <summary>
/// Trains from a history file in steps that any scheduler can run: a plan, rows of ranges of items by any number of
/// workers, and a merge. The workers share the file and a folder and exchange nothing else.
/// </summary>
/// <param name="options">The options of the training.</param>
/// <param name="types">What events weigh; the same for all steps.</param>
/// <param name="folder">The folder that the steps share.</param>
public sealed class DistributedTraining(ModelTrainerOptions options, EventTypeSettings types, string folder)
{
    /// <summary>The part of a worker's time that the rows of W take.</summary>
    private const double WeightShare = 0.8;

    private readonly RowFolder _folder = new(folder);

    /// <summary>Selects the parameters, and writes what the rows need. Rows of an earlier plan are deleted.</summary>
    /// <param name="histories">The path of the history file.</param>
    /// <param name="asOf">The time that counts as now; later events are left out.</param>
    /// <param name="fast">Whether to use fixed parameters instead of selecting them.</param>
    /// <param name="progress">Receives the name of the stage and the completed fraction.</param>
    /// <param name="cancellationToken">Cancels the step.</param>
    /// <exception cref="RefusedException">The data can't be trained on; the message says why.</exception>
    public async Task<PlannedRows> PlanAsync(
        string histories, DateTimeOffset asOf, bool fast, Action<string, double> progress,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(progress);
        progress("reading interactions", 0);
        using var job = RowJob.Open(HistoryFileReader.Open(histories), types, asOf, options, cancellationToken);
        job.Check();
        var plan = new RowPlanner(options).Make(job, given: null, fast, progress, cancellationToken);
        var document = new RowPlanDocument(
            RowPlanDocument.CurrentFormat, asOf, job.Source.Events, job.Items, job.Source.NewestMilliseconds,
            ManifestParameters.Write(plan.Choice, repeatBonus: 0, options),
            double.IsNaN(plan.Choice.Ndcg) ? null : plan.Choice.Ndcg);
        await _folder.SaveAsync(document, plan, cancellationToken);
        return new(job.Items, job.Histories.Users, job.Source.Events, ManifestParameters.Metrics(plan.Choice));
    }

    /// <summary>Makes the rows of some items. Repeating it gives the same file.</summary>
    /// <param name="histories">The path of the history file.</param>
    /// <param name="range">The items.</param>
    /// <param name="progress">Receives the name of the stage and the completed fraction.</param>
    /// <param name="cancellationToken">Cancels the step.</param>
    /// <returns>The first item, and the item after the last one; equal if the range is empty.</returns>
    /// <exception cref="RefusedException">The range or the file does not fit the plan.</exception>
    public async Task<(int From, int To)> RowsAsync(
        string histories, RowRange range, Action<string, double> progress, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(range);
        ArgumentNullException.ThrowIfNull(progress);
        var document = await _folder.ReadPlanAsync(cancellationToken);
        var (from, to) = range.Of(document.Items);
        if (from == to)
            return (from, to);
        progress("reading interactions", 0);
        var (lowRank, factors) = await _folder.ReadArraysAsync(document, cancellationToken);
        using var job = Open(histories, document, PlannedOptions(document), cancellationToken);
        var plan = new RowPlan(ChoiceOf(document), document.Greatest, lowRank, factors);
        var weights = job.Weights(
            plan, from, to, done => progress("computing rows", WeightShare * done), cancellationToken);
        var transitions = job.Transitions(
            plan, from, to, done => progress("computing transitions", double.Lerp(WeightShare, 1, done)),
            cancellationToken);
        await _folder.WriteAsync(document, weights, transitions, cancellationToken);
        return (from, to);
    }

    /// <summary>Joins the rows to a model. The model does not depend on how the rows were divided.</summary>
    /// <param name="histories">The path of the history file.</param>
    /// <param name="catalogue">Reads the catalogue; null to train without content.</param>
    /// <param name="progress">Receives the stages.</param>
    /// <param name="cancellationToken">Cancels the step.</param>
    /// <exception cref="RefusedException">Rows are missing; the message says which.</exception>
    public async Task<TrainedModel> MergeAsync(
        string histories, Func<CancellationToken, IAsyncEnumerable<CatalogItem>>? catalogue,
        IProgress<TrainingProgress>? progress, CancellationToken cancellationToken)
    {
        var document = await _folder.ReadPlanAsync(cancellationToken);
        var (weights, transitions) = await _folder.ReadRowsAsync(document, cancellationToken);
        var planned = PlannedOptions(document);
        using var job = Open(histories, document, planned, cancellationToken);
        var trained = new RowTraining(planned).Join(job, ChoiceOf(document), weights, transitions, cancellationToken);
        return await new ModelBuilder(types).BuildAsync(
            new(planned, Measured: null, Source: null), job.Facts(cancellationToken),
            () => job.Sample(cancellationToken), trained, new(document.AsOf) { Catalogue = catalogue }, progress,
            cancellationToken);
    }

    private ModelTrainerOptions PlannedOptions(RowPlanDocument document) =>
        ManifestParameters.Options(options, document.Parameters);

    private RowJob Open(
        string histories, RowPlanDocument document, ModelTrainerOptions planned, CancellationToken cancellationToken)
    {
        var job = RowJob.Open(
            HistoryFileReader.Open(histories), types, document.AsOf, planned, cancellationToken);
        if ((job.Source.Events, job.Items, job.Source.NewestMilliseconds)
            == (document.Events, document.Items, document.NewestMilliseconds))
            return job;
        job.Dispose();
        throw new RefusedException(
            $"The history file '{histories}' or the settings of event types are not those of the plan. Use the same "
                + "file and settings in every step, or make the plan again with `recommend train plan`.");
    }

    private static SelectedModel ChoiceOf(RowPlanDocument document) =>
        ManifestParameters.Read(new ModelDescription(
            ModelVersion.Parse("plan"), document.AsOf, "sparse", 0, document.Items, 0, 0, document.Parameters,
            new Dictionary<string, double>(StringComparer.Ordinal)))
        with
        {
            Ndcg = document.Ndcg ?? double.NaN,
        };
}

/// <summary>What is to be made.</summary>
/// <param name="Items">How many rows there are.</param>
/// <param name="Users">The users with a history.</param>
/// <param name="Interactions">The interactions that count.</param>
/// <param name="Metrics">The metrics of the search; empty without one.</param>
public sealed record PlannedRows(
    int Items, long Users, long Interactions, IReadOnlyDictionary<string, double> Metrics);
