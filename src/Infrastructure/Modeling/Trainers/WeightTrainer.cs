using Recommendation.Modeling.Data;
using Recommendation.Modeling.Linear;

namespace Recommendation.Modeling.Trainers;

/// <summary>
/// Learns item-item weights from a user-item matrix. Every algorithm has one trainer: its parameters go into the
/// constructor, and the trainer keeps no state between two calls of <see cref="Train"/> unless it says so.
/// </summary>
/// <remarks>
/// An abstract class, because the architecture rules keep interfaces for the ports of the application. No other project
/// implements or calls a trainer.
/// </remarks>
internal abstract class WeightTrainer
{
    /// <param name="data">The training data.</param>
    /// <param name="run">How to run the training.</param>
    /// <returns>A row for each item of the data, with a zero diagonal.</returns>
    public abstract ItemWeights Train(UserItemMatrix data, TrainerRun run);
}

/// <summary>How a trainer runs. The weights depend on <paramref name="Neighbours"/> only.</summary>
/// <param name="Neighbours">K: the maximum number of entries in a row.</param>
/// <param name="Threads">The maximum number of threads.</param>
/// <param name="Progress">Receives the name of the current stage and the completed fraction of the training.</param>
/// <param name="CancellationToken">Cancels the training.</param>
internal sealed record TrainerRun(
    int Neighbours,
    int Threads,
    Action<string, double> Progress,
    CancellationToken CancellationToken
)
{
    /// <summary>Reports the progress of one stage as a part of the whole training.</summary>
    /// <param name="stage">The name of the stage.</param>
    /// <param name="from">The fraction of the training at which the stage begins.</param>
    /// <param name="to">The fraction of the training at which the stage ends.</param>
    public Action<double> Stage(string stage, double from = 0, double to = 1) =>
        fraction => Progress(stage, double.Lerp(from, to, fraction));
}
