namespace Recommendation.Modeling.Evaluation;

/// <summary>What an evaluation found.</summary>
public sealed record EvaluationReport
{
    /// <summary>k: how long the lists were.</summary>
    public required int Cutoff { get; init; }

    /// <summary>Over all tested users.</summary>
    public required QualityFigures Overall { get; init; }

    /// <summary>
    /// Over all tested users, the same lists at <see cref="EvaluationOptions.OtherCutoffs"/>, by the length; empty
    /// unless asked for.
    /// </summary>
    public IReadOnlyDictionary<int, QualityFigures> ByCutoff { get; init; } = new Dictionary<int, QualityFigures>();

    /// <summary>
    /// By how much was known of the users: <c>new</c> (nothing), <c>light</c> (fewer than 10 items), <c>heavy</c>.
    /// </summary>
    public required IReadOnlyDictionary<string, QualityFigures> Segments { get; init; }

    /// <summary>Share of the catalogue that is in any of the lists.</summary>
    public required double Coverage { get; init; }

    /// <summary>
    /// Mean of <c>-log2(popularity)</c> over the recommended items, in bits; 0 for the most popular item of all, higher
    /// for less obvious ones.
    /// </summary>
    public required double Novelty { get; init; }

    /// <summary>Users, items and interactions trained on.</summary>
    public required (int Users, int Items, long Interactions) Data { get; init; }

    /// <summary>The parameters that the training chose, by name.</summary>
    public required IReadOnlyDictionary<string, double> Parameters { get; init; }

    /// <summary>What the training measured on interactions held out of the training data, by name.</summary>
    public required IReadOnlyDictionary<string, double> ValidationMetrics { get; init; }

    /// <summary>
    /// Seconds that the training took, the choice of parameters included; null where a model was given.
    /// </summary>
    public required double? TrainSeconds { get; init; }

    /// <summary>
    /// Whether the model that was given knows interactions of the part that it was tested on: the figures
    /// are too high then.
    /// </summary>
    public bool KnewTheTest { get; init; }

    /// <summary>Microseconds that one user's list took on average, on one thread.</summary>
    public required double MicrosecondsPerUser { get; init; }

    /// <summary>Simpler models on the same data, by name; empty unless asked for.</summary>
    public IReadOnlyDictionary<string, BaselineReport> Baselines { get; init; } =
        new Dictionary<string, BaselineReport>(StringComparer.Ordinal);

    /// <summary>The most memory that the process has held so far, in bytes.</summary>
    public required long PeakMemoryBytes { get; init; }
}

/// <summary>
/// Quality averaged over users who have something to be found; all but <paramref name="Users"/> from 0 to 1.
/// </summary>
/// <param name="Users">How many users were tested.</param>
/// <param name="Recall">Hits / relevant items.</param>
/// <param name="Ndcg">Binary NDCG, the ideal over min(relevant, k).</param>
/// <param name="HitRate">Share of users with any hit.</param>
/// <param name="ReciprocalRank">1 / place of the first hit.</param>
/// <param name="RecallInterval">95 % bootstrap interval of the recall, by resampling users.</param>
/// <param name="NdcgInterval">95 % bootstrap interval of the NDCG.</param>
public sealed record QualityFigures(
    int Users,
    double Recall,
    double Ndcg,
    double HitRate,
    double ReciprocalRank,
    Interval RecallInterval,
    Interval NdcgInterval
);

/// <summary>A simpler model, tested on the same users.</summary>
/// <param name="Overall">Over all tested users.</param>
/// <param name="Coverage">Share of the catalogue that is in any of its lists.</param>
/// <param name="Novelty">As of the model.</param>
/// <param name="TrainSeconds">Seconds that it took to train.</param>
/// <param name="NdcgGain">How much higher the model's NDCG is: the 95 % bootstrap interval of the difference, user by
/// user. Above 0 the model is better.</param>
public sealed record BaselineReport(
    QualityFigures Overall,
    double Coverage,
    double Novelty,
    double TrainSeconds,
    Interval NdcgGain
);

/// <summary>Where a figure lies with 95 % confidence.</summary>
public readonly record struct Interval(double Low, double High);
