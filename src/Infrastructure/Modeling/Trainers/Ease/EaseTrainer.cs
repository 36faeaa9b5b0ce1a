using Recommendation.Modeling.Data;
using Recommendation.Modeling.Linear;

namespace Recommendation.Modeling.Trainers.Ease;

/// <summary>Weights by EASE (Steck 2019). See <see cref="EaseSolver"/>.</summary>
/// <param name="parameters">The ridge and how the data are normalised.</param>
internal sealed class EaseTrainer(EaseParameters parameters) : WeightTrainer
{
    /// <summary>The name of the stage in the training's progress.</summary>
    public const string Stage = "inverting the Gram matrix";

    /// <inheritdoc/>
    public override ItemWeights Train(UserItemMatrix data, TrainerRun run)
    {
        var progress = run.Stage(Stage);
        progress(0);
        var solver = new EaseSolver(data.Matrix, run.Neighbours, run.Threads);
        var inverse = solver.Invert(parameters.Normalised, parameters.Lambda, progress, run.CancellationToken);
        return solver.Weights(inverse, parameters, run.CancellationToken);
    }
}
