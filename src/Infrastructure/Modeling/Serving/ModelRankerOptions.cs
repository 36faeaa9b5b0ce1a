namespace Recommendation.Modeling.Serving;

/// <summary>How the in-process ranker keeps models.</summary>
public sealed class ModelRankerOptions
{
    /// <summary>How long the pointer to the current model is believed before it is read again; 0 … 1 hour.</summary>
    public TimeSpan PointerAge { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>
    /// How many models that were asked for by version stay in memory besides the current one; 1 … 100.
    /// </summary>
    public int PinnedModels { get; set; } = 2;

    /// <summary>
    /// While there is no model: how long the popular items are believed before the log is read again; 0 … 1 day.
    /// </summary>
    public TimeSpan PopularAge { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>
    /// While there is no model: after what time an interaction counts half in the popularity; above 0.
    /// </summary>
    public TimeSpan PopularHalfLife { get; set; } = TimeSpan.FromDays(7);

    /// <summary>
    /// How long the popular items of a window are believed before the log is asked for newer interactions; 0 … 1 hour.
    /// </summary>
    public TimeSpan WindowAge { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>
    /// How long the catalogue is believed to have no new items before it is read on; 0 … 1 hour. After many new items
    /// it is longer: three times as long as it took to place them.
    /// </summary>
    public TimeSpan NewItemAge { get; set; } = TimeSpan.FromMilliseconds(250);

    /// <summary>Threads that one call may use; 1 … 1,024.</summary>
    public int Threads { get; set; } = Environment.ProcessorCount;

    /// <summary>The first thing wrong with the values as a sentence; null where there is nothing.</summary>
    internal string? Problem() =>
        this switch
        {
            { PointerAge.Ticks: < 0 or > TimeSpan.TicksPerHour } =>
                $"{nameof(PointerAge)} is {PointerAge}; it must be 0 … 1 hour.",
            { PinnedModels: < 1 or > 100 } => $"{nameof(PinnedModels)} is {PinnedModels}; it must be 1 … 100.",
            { PopularAge.Ticks: < 0 or > TimeSpan.TicksPerDay } =>
                $"{nameof(PopularAge)} is {PopularAge}; it must be 0 … 1 day.",
            { PopularHalfLife.Ticks: <= 0 } => $"{nameof(PopularHalfLife)} is {PopularHalfLife}; it must be above 0.",
            { WindowAge.Ticks: < 0 or > TimeSpan.TicksPerHour } =>
                $"{nameof(WindowAge)} is {WindowAge}; it must be 0 … 1 hour.",
            { NewItemAge.Ticks: < 0 or > TimeSpan.TicksPerHour } =>
                $"{nameof(NewItemAge)} is {NewItemAge}; it must be 0 … 1 hour.",
            { Threads: < 1 or > 1024 } => $"{nameof(Threads)} is {Threads}; it must be 1 … 1,024.",
            _ => null,
        };
}
