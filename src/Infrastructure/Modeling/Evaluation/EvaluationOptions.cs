using Recommendation.Application.Ports;
using Recommendation.Modeling.Training;

namespace Recommendation.Modeling.Evaluation;

/// <summary>How to evaluate.</summary>
public sealed record EvaluationOptions
{
    /// <summary>k: how long the lists are; 1 … 1,000.</summary>
    public int Cutoff { get; init; } = 20;

    /// <summary>How the model is trained.</summary>
    public ModelTrainerOptions Training { get; init; } = new();

    /// <summary>For a log: what part of the interactions, the newest, is tested on; above 0, at most 0.5.</summary>
    public double TestShare { get; init; } = 0.2;

    /// <summary>Resamples of the users for the confidence intervals; 0 … 10,000.</summary>
    public int Resamples { get; init; } = 1000;

    /// <exception cref="RefusedException">A value is out of range; the message says which.</exception>
    internal void Require()
    {
        var problem = this switch
        {
            { Cutoff: < 1 or > 1000 } => $"{nameof(Cutoff)} is {Cutoff}; it must be 1 … 1,000.",
            { TestShare: not (> 0 and <= 0.5) } => $"{nameof(TestShare)} is {TestShare}; it must be above 0 and at most 0.5.",
            { Resamples: < 0 or > 10_000 } => $"{nameof(Resamples)} is {Resamples}; it must be 0 … 10,000.",
            _ => Training.Problem(),
        };
        if (problem is not null)
            throw new RefusedException(problem);
    }
}
