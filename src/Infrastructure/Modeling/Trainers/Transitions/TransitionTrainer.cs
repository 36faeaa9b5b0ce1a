using Recommendation.Modeling.Data;
using Recommendation.Modeling.Linear;

namespace Recommendation.Modeling.Trainers.Transitions;

/// <summary>Weights from the order of interactions. See <see cref="TransitionCounts"/>.</summary>
/// <param name="exponents">How the counts are normalised.</param>
internal sealed class TransitionTrainer(TransitionExponents exponents) : WeightTrainer
{
    /// <summary>The name of the stage in the training's progress.</summary>
    public const string Stage = "computing transitions";

    /// <inheritdoc/>
    public override ItemWeights Train(UserItemMatrix data, TrainerRun run)
    {
        run.Progress(Stage, 0);
        return new TransitionCounts(data).Weights(exponents, run.Neighbours, run.Threads, run.CancellationToken);
    }
}
