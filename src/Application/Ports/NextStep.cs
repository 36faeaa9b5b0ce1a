namespace Recommendation.Application.Ports;

/// <summary>What whoever was refused may do next. Each host says how it is done there.</summary>
public enum NextStep
{
    /// <summary>Look which models there are.</summary>
    ListModels,

    /// <summary>Train a model.</summary>
    TrainModel,

    /// <summary>Look which batch runs there are.</summary>
    ListRuns,

    /// <summary>Start a batch run.</summary>
    StartRun,

    /// <summary>Look at the batch run that is named.</summary>
    ShowRun,

    /// <summary>Stop the batch run that is named.</summary>
    CancelRun,

    /// <summary>Go on with the batch run that is named.</summary>
    ResumeRun,

    /// <summary>Look which erasures there are.</summary>
    ListErasures,

    /// <summary>Look which experiments there are.</summary>
    ListExperiments,

    /// <summary>Ask for the key that receipts are checked with.</summary>
    ShowReceiptKey,
}

/// <summary>A step, and what it is taken with.</summary>
/// <param name="Step">What may be done.</param>
/// <param name="Subject">The id of what it is done to; null where it needs none.</param>
public sealed record Hint(NextStep Step, string? Subject = null);
