using Recommendation.Modeling.Artefacts;

namespace Recommendation.Modeling.Training;

/// <summary>How models are trained. Every value has a default that suits most data.</summary>
public sealed class ModelTrainerOptions
{
    /// <summary>
    /// K: how many entries an item's row keeps; 1 … 5,000. 200 makes a model of less than half the size, which ranks in
    /// half the time and costs 2 % of the accuracy on a large public data set.
    /// </summary>
    public int NeighboursPerItem { get; set; } = 500;

    /// <summary>
    /// Whether trainer, filter, exponents, order and repeats are chosen by trying them on interactions held out of the
    /// training data: about 40 times the work for 1 … 15 % more recall. Data beyond <see cref="SearchLimitItems"/> or
    /// <see cref="SearchLimitUsers"/>, and data with next to no users to try on, are trained in one pass all the same.
    /// </summary>
    public bool Search { get; set; } = true;

    /// <summary>
    /// Whether the order and the times of interactions may count, where the data have times and it reads better.
    /// </summary>
    public bool Order { get; set; } = true;

    /// <summary>
    /// Whether items are recommended again to who has had them: then the search also chooses how much a repeat is
    /// worth.
    /// </summary>
    public bool AllowRepeats { get; set; }

    /// <summary>
    /// More items than this are trained in one pass; 1 … 500,000. The work of a search grows with their square.
    /// </summary>
    public int SearchLimitItems { get; set; } = 200_000;

    /// <summary>
    /// More users than this are trained in one pass; 1 … 5,000,000. A search takes 256 bytes of each a thread.
    /// </summary>
    public int SearchLimitUsers { get; set; } = 2_000_000;

    /// <summary>
    /// Up to so many items the dense trainer is tried as well; 0 … 20,000. It takes 8 bytes of each pair of items and,
    /// at 12,000, a minute.
    /// </summary>
    public int DenseLimitItems { get; set; } = 12_000;

    /// <summary>How many users the last choice of a search is made by at most; 50 … 1,000,000.</summary>
    public int ValidationUsers { get; set; } = 8_000;

    /// <summary>r: how many eigenvectors the low-rank term has at most; 2 … 1,024.</summary>
    public int Rank { get; set; } = 256;

    /// <summary>β without a search: how much popular targets are favoured; 0 (not at all) … 1.</summary>
    public double PopularityExponent { get; set; } = 0.3;

    /// <summary>
    /// How many items of a user's history are trained on, the newest first; 2 … 100,000. The cost grows with its
    /// square.
    /// </summary>
    public int HistoryLimit { get; set; } = 500;

    /// <summary>
    /// The most that one item can weigh in a history, however often the user came back to it; above 0.
    /// </summary>
    public double WeightCap { get; set; } = 5;

    /// <summary>
    /// After what time an interaction counts half in the popularity that answers empty histories, unless a search finds
    /// that the popular lists of another half-life are better; above 0.
    /// </summary>
    public TimeSpan PopularityHalfLife { get; set; } = TimeSpan.FromDays(30);

    /// <summary>Threads used; 1 … 1,024. The artefact does not depend on it.</summary>
    public int Threads { get; set; } = Environment.ProcessorCount;

    /// <summary>Where artefacts lie until they are stored; null for the system's folder for temporary files.</summary>
    public string? TemporaryFolder { get; set; }

    /// <summary>The same options, by which order counts for nothing.</summary>
    internal ModelTrainerOptions WithoutOrder()
    {
        var options = (ModelTrainerOptions)MemberwiseClone();
        options.Order = false;
        return options;
    }

    /// <summary>The same options with what a model was trained with.</summary>
    /// <param name="parameters">Those of its manifest.</param>
    internal ModelTrainerOptions As(IReadOnlyDictionary<string, double> parameters)
    {
        var options = (ModelTrainerOptions)MemberwiseClone();
        options.NeighboursPerItem = (int)parameters[ParameterNames.Neighbours];
        options.HistoryLimit = (int)parameters[ParameterNames.HistoryLimit];
        options.WeightCap = parameters[ParameterNames.WeightCap];
        options.PopularityHalfLife = TimeSpan.FromDays(parameters[ParameterNames.PopularityHalfLifeDays]);
        return options;
    }

    /// <summary>The first thing wrong with the values as a sentence; null where there is nothing.</summary>
    internal string? Problem() =>
        this switch
        {
            { NeighboursPerItem: < 1 or > 5000 } =>
                $"{nameof(NeighboursPerItem)} is {NeighboursPerItem}; it must be 1 … 5,000.",
            { PopularityExponent: not (>= 0 and <= 1) } =>
                $"{nameof(PopularityExponent)} is {PopularityExponent}; it must be 0 … 1.",
            { SearchLimitItems: < 1 or > 500_000 } =>
                $"{nameof(SearchLimitItems)} is {SearchLimitItems}; it must be 1 … 500,000.",
            { SearchLimitUsers: < 1 or > 5_000_000 } =>
                $"{nameof(SearchLimitUsers)} is {SearchLimitUsers}; it must be 1 … 5,000,000.",
            { DenseLimitItems: < 0 or > 20_000 } =>
                $"{nameof(DenseLimitItems)} is {DenseLimitItems}; it must be 0 … 20,000.",
            { ValidationUsers: < 50 or > 1_000_000 } =>
                $"{nameof(ValidationUsers)} is {ValidationUsers}; it must be 50 … 1,000,000.",
            { Rank: < 2 or > 1024 } => $"{nameof(Rank)} is {Rank}; it must be 2 … 1,024.",
            { HistoryLimit: < 2 or > 100_000 } => $"{nameof(HistoryLimit)} is {HistoryLimit}; it must be 2 … 100,000.",
            { WeightCap: not (> 0 and <= 1e6) } =>
                $"{nameof(WeightCap)} is {WeightCap}; it must be above 0 and at most 1,000,000.",
            { PopularityHalfLife.Ticks: <= 0 } =>
                $"{nameof(PopularityHalfLife)} is {PopularityHalfLife}; it must be above 0.",
            { Threads: < 1 or > 1024 } => $"{nameof(Threads)} is {Threads}; it must be 1 … 1,024.",
            _ => null,
        };
}
