namespace Recommendation.Modeling.Trainers;

/// <summary>How models are trained. Every value has a default that suits most data.</summary>
public sealed class ModelTrainerOptions
{
    /// <summary>
    /// K: the maximum number of entries in an item's row; 1 … 5,000. With 200, a model has less than half the size and
    /// ranks in half the time, but loses 2 % of the accuracy on a large public data set.
    /// </summary>
    public int NeighboursPerItem { get; set; } = 500;

    /// <summary>
    /// Whether a search selects the trainer and its parameters on held-out interactions. It takes about 40 times the
    /// work and gains 1 … 15 % recall. Data beyond <see cref="SearchLimitItems"/> or <see cref="SearchLimitUsers"/> are
    /// searched on a part of them. Data with too few users to validate on are trained in one pass.
    /// </summary>
    public bool Search { get; set; } = true;

    /// <summary>
    /// Whether order and time may count. They do if the data have times and the model scores higher with them.
    /// </summary>
    public bool Order { get; set; } = true;

    /// <summary>
    /// Whether items that a user has had may be recommended again. Then the search also selects the weight of a repeat.
    /// </summary>
    public bool AllowRepeats { get; set; }

    /// <summary>
    /// With more items than this, the search uses the most frequent ones only; 1 … 500,000. The work of a search grows
    /// with the square of the items.
    /// </summary>
    public int SearchLimitItems { get; set; } = 200_000;

    /// <summary>
    /// With more users than this, the search uses a sample of so many; 1 … 5,000,000. A search takes 256 bytes
    /// per user and thread.
    /// </summary>
    public int SearchLimitUsers { get; set; } = 2_000_000;

    /// <summary>
    /// The maximum number of items for which the search also tries EASE; 0 … 20,000. EASE takes 8 bytes for each pair
    /// of items and, with 12,000 items, a minute.
    /// </summary>
    public int DenseLimitItems { get; set; } = 12_000;

    /// <summary>The maximum number of users in the last step of a search; 50 … 1,000,000.</summary>
    public int ValidationUsers { get; set; } = 8_000;

    /// <summary>r: the maximum number of eigenvectors in the low-rank term; 2 … 1,024.</summary>
    public int Rank { get; set; } = 256;

    /// <summary>β without a search: how much popular targets are preferred; 0 (not at all) … 1.</summary>
    public double PopularityExponent { get; set; } = 0.3;

    /// <summary>
    /// The maximum number of items in a user's history, the newest first; 2 … 100,000. The cost grows with its square.
    /// </summary>
    public int HistoryLimit { get; set; } = 500;

    /// <summary>The maximum weight of one item in a history, however many interactions it has; above 0.</summary>
    public double WeightCap { get; set; } = 5;

    /// <summary>
    /// The half-life of the popularity that answers empty histories, unless a search finds that another half-life
    /// scores higher; above 0.
    /// </summary>
    public TimeSpan PopularityHalfLife { get; set; } = TimeSpan.FromDays(30);

    /// <summary>
    /// The maximum number of items without interactions, the newest of the catalogue, that a model places by their
    /// content; 0 … 1,000,000.
    /// </summary>
    public int NewItems { get; set; } = 100_000;

    /// <summary>The maximum number of threads; 1 … 1,024. The artefact does not depend on it.</summary>
    public int Threads { get; set; } = Environment.ProcessorCount;

    /// <summary>
    /// The folder for artefacts until they are stored; null for the system's folder for temporary files.
    /// </summary>
    public string? TemporaryFolder { get; set; }

    /// <summary>
    /// Whether to train from a history file on disk, with memory that grows with the items, not with users or
    /// interactions: for data that do not fit into memory. The search, the factors and the content of items then use a
    /// sample of users, and neither EASE nor filters with a flatness above 1 are tried, because they need the square of
    /// the items or the powers of the item graph.
    /// </summary>
    public bool OutOfCore { get; set; }

    /// <summary>
    /// Out of core: about how many interactions the sample of users has; 1,000 … 100,000,000. A search takes about 700
    /// bytes for each.
    /// </summary>
    public int SampleInteractions { get; set; } = 2_000_000;

    /// <summary>
    /// Out of core: about how many megabytes the rows that are made at a time may take; 16 … 1,000,000. More memory
    /// means fewer passes over the histories.
    /// </summary>
    public int RowMegabytes { get; set; } = 1024;

    /// <summary>
    /// The most items in the search of a training out of core, the most frequent ones: with 200,000 items a search on
    /// 2,000,000 interactions takes hours.
    /// </summary>
    internal const int RowSearchItems = 50_000;

    /// <summary>Whether filters with a flatness above 1 are tried.</summary>
    internal bool AnyFlatness { get; set; } = true;

    /// <summary>The options of the search when training is out of core.</summary>
    internal ModelTrainerOptions ForRows()
    {
        var options = Copy();
        (options.DenseLimitItems, options.AnyFlatness) = (0, false);
        options.SearchLimitItems = Math.Min(SearchLimitItems, RowSearchItems);
        return options;
    }

    /// <summary>The same options, but the order of interactions does not count.</summary>
    internal ModelTrainerOptions WithoutOrder()
    {
        var options = Copy();
        options.Order = false;
        return options;
    }

    /// <summary>A copy that can be changed without changing these options.</summary>
    internal ModelTrainerOptions Copy() => (ModelTrainerOptions)MemberwiseClone();

    /// <summary>The first invalid value as a sentence; null if all values are valid.</summary>
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
            { NewItems: < 0 or > 1_000_000 } => $"{nameof(NewItems)} is {NewItems}; it must be 0 … 1,000,000.",
            { SampleInteractions: < 1_000 or > 100_000_000 } =>
                $"{nameof(SampleInteractions)} is {SampleInteractions}; it must be 1,000 … 100,000,000.",
            { RowMegabytes: < 16 or > 1_000_000 } =>
                $"{nameof(RowMegabytes)} is {RowMegabytes}; it must be 16 … 1,000,000.",
            { Threads: < 1 or > 1024 } => $"{nameof(Threads)} is {Threads}; it must be 1 … 1,024.",
            _ => null,
        };
}
