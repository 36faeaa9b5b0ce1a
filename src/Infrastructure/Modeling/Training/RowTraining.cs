using Recommendation.Modeling.RowBlocks;
using Recommendation.Modeling.Selection;
using Recommendation.Modeling.Trainers;
using Recommendation.Modeling.Trainers.Cooccurrence;
using Recommendation.Modeling.Trainers.Transitions;

namespace Recommendation.Modeling.Training;

/// <summary>Trains out of core in one process: plans, makes all rows, and joins them.</summary>
internal sealed class RowTraining(ModelTrainerOptions options)
{
    private const double PlanShare = 0.6;
    private const double RowShare = 0.9;

    /// <param name="job">The histories.</param>
    /// <param name="given">The parameters; null where they are to be selected.</param>
    /// <param name="fast">Whether to use fixed parameters instead of selecting them.</param>
    /// <param name="progress">Receives the name of the stage and the completed fraction.</param>
    /// <param name="cancellationToken">Cancels the training.</param>
    public TrainedWeights Train(
        RowJob job, SelectedModel? given, bool fast, Action<string, double> progress,
        CancellationToken cancellationToken)
    {
        var plan = new RowPlanner(options).Make(
            job, given, fast, (stage, fraction) => progress(stage, PlanShare * fraction), cancellationToken);
        var weights = job.Weights(
            plan, 0, job.Items, Stage(CooccurrenceTrainer.Stage, PlanShare, RowShare), cancellationToken);
        var transitions = job.Transitions(
            plan, 0, job.Items, Stage(TransitionTrainer.Stage, RowShare, 1), cancellationToken);
        return Join(job, plan.Choice, [weights], transitions is null ? [] : [transitions], cancellationToken);

        Action<double> Stage(string name, double from, double to) =>
            fraction => progress(name, double.Lerp(from, to, fraction));
    }

    /// <summary>Joins the rows of all items, and adds the transitions, the trend and popularity.</summary>
    /// <param name="job">The histories.</param>
    /// <param name="choice">The parameters.</param>
    /// <param name="weights">W in blocks, in order.</param>
    /// <param name="transitions">M in blocks, in order; empty where transitions do not count.</param>
    /// <param name="cancellationToken">Cancels the work.</param>
    public TrainedWeights Join(
        RowJob job, SelectedModel choice, IReadOnlyList<RowBlock> weights, IReadOnlyList<RowBlock> transitions,
        CancellationToken cancellationToken) =>
        new WeightTraining(options).Finish(
            RowBlock.Join(weights), transitions.Count == 0 ? null : RowBlock.Join(transitions), choice,
            halfLife => job.PopularityOf(halfLife, cancellationToken));
}
