namespace Recommendation.Modeling.Training;

/// <summary>How models are trained. Every value has a default that suits most data.</summary>
public sealed class ModelTrainerOptions
{
    /// <summary>K: how many entries an item's row keeps; 1 … 5,000. 200 makes a small and fast model, 500 costs 1 % less accuracy.</summary>
    public int NeighboursPerItem { get; set; } = 200;

    /// <summary>β: how much popular targets are favoured; 0 (not at all) … 1.</summary>
    public double PopularityExponent { get; set; } = 0.3;

    /// <summary>How many items of a user's history are trained on, the newest first; 2 … 100,000. The cost grows with its square.</summary>
    public int HistoryLimit { get; set; } = 500;

    /// <summary>The most that one item can weigh in a history, however often the user came back to it; above 0.</summary>
    public double WeightCap { get; set; } = 5;

    /// <summary>After what time an interaction counts half in the popularity that answers empty histories; above 0.</summary>
    public TimeSpan PopularityHalfLife { get; set; } = TimeSpan.FromDays(30);

    /// <summary>Threads used; 1 … 1,024. The artefact does not depend on it.</summary>
    public int Threads { get; set; } = Environment.ProcessorCount;

    /// <summary>Where artefacts lie until they are stored; null for the system's folder for temporary files.</summary>
    public string? TemporaryFolder { get; set; }

    /// <summary>The first thing wrong with the values as a sentence; null where there is nothing.</summary>
    internal string? Problem() => this switch
    {
        { NeighboursPerItem: < 1 or > 5000 } => $"{nameof(NeighboursPerItem)} is {NeighboursPerItem}; it must be 1 … 5,000.",
        { PopularityExponent: not (>= 0 and <= 1) } => $"{nameof(PopularityExponent)} is {PopularityExponent}; it must be 0 … 1.",
        { HistoryLimit: < 2 or > 100_000 } => $"{nameof(HistoryLimit)} is {HistoryLimit}; it must be 2 … 100,000.",
        { WeightCap: not (> 0 and <= 1e6) } => $"{nameof(WeightCap)} is {WeightCap}; it must be above 0 and at most 1,000,000.",
        { PopularityHalfLife.Ticks: <= 0 } => $"{nameof(PopularityHalfLife)} is {PopularityHalfLife}; it must be above 0.",
        { Threads: < 1 or > 1024 } => $"{nameof(Threads)} is {Threads}; it must be 1 … 1,024.",
        _ => null,
    };
}
