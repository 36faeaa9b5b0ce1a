using Recommendation.Application.Ports;
using Recommendation.Modeling.Trainers;

namespace Recommendation.Modeling.Evaluation;

/// <summary>How to evaluate.</summary>
public sealed record EvaluationOptions
{
    /// <summary>k: how long the lists are; 1 … 1,000.</summary>
    public int Cutoff { get; init; } = 20;

    /// <summary>Other lengths to measure the same lists at; 1 … <see cref="Cutoff"/>.</summary>
    public IReadOnlyList<int> OtherCutoffs { get; init; } = [];

    /// <summary>
    /// How the model is trained. With <see cref="ModelTrainerOptions.AllowRepeats"/> items of the history are ranked as
    /// well, and count where the user comes back to them.
    /// </summary>
    public ModelTrainerOptions Training { get; init; } = new();

    /// <summary>For a log: what part of the interactions, the newest, is tested on; above 0, at most 0.5.</summary>
    public double TestShare { get; init; } = 0.2;

    /// <summary>Whether to train and test simpler models on the same data as well.</summary>
    public bool Baselines { get; init; }

    /// <summary>Resamples of the users for the confidence intervals; 0 … 10,000.</summary>
    public int Resamples { get; init; } = 1000;

    /// <exception cref="RefusedException">A value is out of range; the message says which.</exception>
    internal void Require()
    {
        var problem = this switch
        {
            { Cutoff: < 1 or > 1000 } => $"The length of the lists is {Cutoff}; it must be 1 … 1,000.",
            _ when OtherCutoffs.Where(cutoff => cutoff < 1 || cutoff > Cutoff).ToList() is [var wrong, ..] =>
                $"A length of {wrong} can't be measured with lists of {Cutoff}; it must be 1 … {Cutoff}.",
            { TestShare: not (> 0 and <= 0.5) } =>
                $"The share that is held out is {TestShare}; it must be above 0 and at most 0.5.",
            { Resamples: < 0 or > 10_000 } => $"{nameof(Resamples)} is {Resamples}; it must be 0 … 10,000.",
            _ => Training.Problem(),
        };
        if (problem is not null)
            throw new RefusedException(problem);
    }
}
